export const schema = `
create table if not exists services (
  sid text primary key,
  name text not null,
  inbound_url text,
  fallback_url text,
  status_callback text,
  use_number_webhook integer not null,
  created_at integer not null
) strict;

create table if not exists numbers (
  sid text primary key,
  address text not null unique,
  name text not null,
  sms_url text not null,
  sms_fallback_url text not null,
  status_callback text not null,
  service_sid text references services (sid) on delete set null,
  created_at integer not null,
  updated_at integer not null
) strict;

create table if not exists phones (
  id integer primary key,
  address text not null unique,
  name text not null,
  behaviour text not null,
  created_at integer not null
) strict;

create table if not exists messages (
  seq integer primary key autoincrement,
  sid text not null unique,
  direction text not null,
  automatic integer not null,
  sender text,
  recipient text not null,
  body text not null,
  status text not null,
  num_segments integer not null,
  num_media integer not null,
  media_urls text not null,
  content_sid text,
  error_code integer,
  price text,
  service_sid text,
  status_callback text,
  delivery text,
  webhook text,
  send_at integer,
  created_at integer not null,
  updated_at integer not null,
  sent_at integer,
  arrived_at integer,
  deleted_at integer
) strict;
create index if not exists messages_recipient on messages (recipient, seq);
create index if not exists messages_sender on messages (sender, seq);
create index if not exists messages_delivery on messages (delivery) where delivery is not null;

create table if not exists media (
  sid text primary key,
  message_sid text not null,
  content_type text not null,
  bytes blob not null,
  created_at integer not null
) strict;
create index if not exists media_message on media (message_sid);

create table if not exists templates (
  sid text primary key,
  name text not null,
  language text not null,
  variables text not null,
  types text not null,
  status text,
  category text not null,
  rejection_reason text not null,
  created_at integer not null,
  updated_at integer not null
) strict;

create table if not exists opt_outs (
  sender text not null,
  recipient text not null,
  primary key (sender, recipient)
) strict, without rowid;

create table if not exists webhooks (
  id integer primary key,
  kind text not null,
  message_sid text not null,
  url text not null,
  status integer,
  error_code integer,
  error text,
  duration_ms integer not null,
  created_at integer not null
) strict;
`

/** In the order in which they can be emptied. */
export const tables = [
  'webhooks',
  'opt_outs',
  'media',
  'messages',
  'phones',
  'templates',
  'numbers',
  'services',
] as const
