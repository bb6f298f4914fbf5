CREATE TYPE "public"."connecting_state" AS ENUM('idle', 'connecting', 'refused');--> statement-breakpoint
CREATE TYPE "public"."conversation_kind" AS ENUM('direct', 'group', 'web');--> statement-breakpoint
CREATE TYPE "public"."conversation_status" AS ENUM('open', 'snoozed', 'closed');--> statement-breakpoint
CREATE TYPE "public"."member_kind" AS ENUM('contact', 'guest', 'user');--> statement-breakpoint
CREATE TYPE "public"."visibility" AS ENUM('shared', 'private');--> statement-breakpoint
CREATE TYPE "public"."delivery_state" AS ENUM('queued', 'sending', 'unknown', 'accepted', 'failed', 'cancelled', 'review');--> statement-breakpoint
CREATE TYPE "public"."channel" AS ENUM('sms', 'whatsapp', 'messenger');--> statement-breakpoint
CREATE TYPE "public"."line_mode" AS ENUM('group', 'inbox');--> statement-breakpoint
CREATE TYPE "public"."author_kind" AS ENUM('contact', 'user', 'guest', 'system');--> statement-breakpoint
CREATE TYPE "public"."direction" AS ENUM('inbound', 'outbound');--> statement-breakpoint
CREATE TYPE "public"."media_state" AS ENUM('pending', 'stored', 'failed');--> statement-breakpoint
CREATE TYPE "public"."message_kind" AS ENUM('text', 'announcement', 'auto_reply', 'note', 'event');--> statement-breakpoint
CREATE TYPE "public"."user_role" AS ENUM('admin', 'agent');--> statement-breakpoint
CREATE TABLE "account_looks" (
	"name" text PRIMARY KEY NOT NULL,
	"wanted_at" timestamp with time zone,
	"next_at" timestamp with time zone DEFAULT now() NOT NULL,
	"lease_until" timestamp with time zone,
	"looked_at" timestamp with time zone,
	"problem" text
);
--> statement-breakpoint
CREATE TABLE "account_numbers" (
	"sid" text PRIMARY KEY NOT NULL,
	"address" text NOT NULL,
	"name" text NOT NULL,
	"sms" boolean NOT NULL,
	"mms" boolean NOT NULL,
	"sms_url" text NOT NULL,
	"sms_method" text NOT NULL,
	"sms_fallback_url" text NOT NULL,
	"sms_fallback_method" text NOT NULL,
	"sms_application_sid" text NOT NULL,
	"service_sid" text,
	"leaves_to_numbers" boolean DEFAULT false NOT NULL,
	"found_at" timestamp with time zone NOT NULL,
	"state" "connecting_state" DEFAULT 'idle' NOT NULL,
	"replaces" text,
	"attempt" integer DEFAULT 0 NOT NULL,
	"try_at" timestamp with time zone,
	"problem" text
);
--> statement-breakpoint
CREATE TABLE "audit" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"action" text NOT NULL,
	"user_id" uuid,
	"subject" text,
	"ip" text,
	"details" jsonb DEFAULT '{}' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "addresses" (
	"address" text PRIMARY KEY NOT NULL,
	"contact_id" uuid NOT NULL,
	"channel" "channel" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contact_import_renames" (
	"import_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"name_before" text,
	"name_given" text NOT NULL,
	CONSTRAINT "contact_import_renames_import_id_contact_id_pk" PRIMARY KEY("import_id","contact_id")
);
--> statement-breakpoint
CREATE TABLE "contact_imports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"group_id" uuid,
	"announced" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"undone_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "contacts" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"name" text,
	"owner_id" uuid,
	"import_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "opt_outs" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"line_id" uuid NOT NULL,
	"address" text NOT NULL,
	"source" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "contact_import_members" (
	"import_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"name_given" text NOT NULL,
	"address_given" text NOT NULL,
	"after_seq" bigint NOT NULL,
	CONSTRAINT "contact_import_members_import_id_member_id_pk" PRIMARY KEY("import_id","member_id")
);
--> statement-breakpoint
CREATE TABLE "conversations" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"kind" "conversation_kind" NOT NULL,
	"line_id" uuid,
	"contact_id" uuid,
	"address" text,
	"name" text,
	"status" "conversation_status" DEFAULT 'open' NOT NULL,
	"visibility" "visibility" DEFAULT 'shared' NOT NULL,
	"begun" boolean DEFAULT true NOT NULL,
	"owner_id" uuid,
	"assignee_id" uuid,
	"snoozed_until" timestamp with time zone,
	"waiting_since" timestamp with time zone,
	"last_seq" bigint DEFAULT 0 NOT NULL,
	"inbound_count" bigint DEFAULT 0 NOT NULL,
	"read_count" bigint DEFAULT 0 NOT NULL,
	"last_message_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_message_id" uuid,
	"last_direction" text,
	"last_author_name" text,
	"last_preview" text,
	"last_media_count" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "groups" (
	"conversation_id" uuid PRIMARY KEY NOT NULL,
	"admin_name" text DEFAULT 'Admin' NOT NULL,
	"announce" boolean DEFAULT true NOT NULL,
	"paused_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "members" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"conversation_id" uuid NOT NULL,
	"kind" "member_kind" NOT NULL,
	"contact_id" uuid,
	"user_id" uuid,
	"name" text NOT NULL,
	"address" text,
	"joined_at" timestamp with time zone DEFAULT now() NOT NULL,
	"left_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"message_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"line_id" uuid NOT NULL,
	"member_id" uuid,
	"address" text NOT NULL,
	"part" smallint DEFAULT 1 NOT NULL,
	"seq" bigint NOT NULL,
	"priority" smallint DEFAULT 0 NOT NULL,
	"state" "delivery_state" DEFAULT 'queued' NOT NULL,
	"next_at" timestamp with time zone DEFAULT now() NOT NULL,
	"attempt" integer DEFAULT 0 NOT NULL,
	"attempt_at" timestamp with time zone,
	"lease_until" timestamp with time zone,
	"checks" smallint DEFAULT 0 NOT NULL,
	"absences" smallint DEFAULT 0 NOT NULL,
	"auto_retries" smallint DEFAULT 0 NOT NULL,
	"segments" smallint DEFAULT 1 NOT NULL,
	"twilio_sid" text,
	"status" text,
	"status_rank" smallint DEFAULT 0 NOT NULL,
	"error_code" integer,
	"receipt_asked_at" timestamp with time zone,
	"cause" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "send_attempts" (
	"delivery_id" uuid NOT NULL,
	"attempt" integer NOT NULL,
	"outcome" text NOT NULL,
	"twilio_sid" text,
	"error_code" integer,
	"claimed_at" timestamp with time zone,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "send_attempts_delivery_id_attempt_pk" PRIMARY KEY("delivery_id","attempt"),
	CONSTRAINT "send_attempts_twilio_sid_unique" UNIQUE("twilio_sid")
);
--> statement-breakpoint
CREATE TABLE "status_events" (
	"message_sid" text NOT NULL,
	"status" text NOT NULL,
	"source" text DEFAULT 'callback' NOT NULL,
	"rank" smallint NOT NULL,
	"delivery_id" uuid,
	"attempt" integer,
	"error_code" integer,
	"params" jsonb NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"applied_at" timestamp with time zone,
	CONSTRAINT "status_events_message_sid_status_pk" PRIMARY KEY("message_sid","status")
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"xid" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"type" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"conversation_id" uuid,
	"owner_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "inbox" (
	"message_sid" text PRIMARY KEY NOT NULL,
	"seq" bigserial NOT NULL,
	"source" text NOT NULL,
	"params" jsonb NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"stored_at" timestamp with time zone DEFAULT now() NOT NULL,
	"processed_at" timestamp with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_error" text,
	"note" text,
	"trace_parent" text,
	"turn" text GENERATED ALWAYS AS (case when processed_at is null then (params ->> 'From') || ' ' || (params ->> 'To') end) STORED
);
--> statement-breakpoint
CREATE TABLE "conversation_labels" (
	"conversation_id" uuid NOT NULL,
	"label_id" uuid NOT NULL,
	CONSTRAINT "conversation_labels_conversation_id_label_id_pk" PRIMARY KEY("conversation_id","label_id")
);
--> statement-breakpoint
CREATE TABLE "labels" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"name" text NOT NULL,
	"color" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lines" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"address" text NOT NULL,
	"channel" "channel" NOT NULL,
	"name" text NOT NULL,
	"mode" "line_mode" NOT NULL,
	"auto_reply" text,
	"segments_per_second" real,
	"hours" jsonb,
	"away_reply" text,
	"paused_at" timestamp with time zone,
	"paused_for" integer,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "lines_address_unique" UNIQUE("address")
);
--> statement-breakpoint
CREATE TABLE "contact_merges" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"kept_id" uuid NOT NULL,
	"merged" jsonb NOT NULL,
	"merged_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"undone_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "media" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"message_id" uuid,
	"uploader_id" uuid,
	"position" smallint DEFAULT 0 NOT NULL,
	"state" "media_state" NOT NULL,
	"content_type" text NOT NULL,
	"size_bytes" integer,
	"file_name" text,
	"width" integer,
	"height" integer,
	"twilio_message_sid" text,
	"twilio_media_sid" text,
	"blob_key" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"link_token" text,
	"link_expires_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "media_link_token_unique" UNIQUE("link_token")
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"conversation_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"kind" "message_kind" DEFAULT 'text' NOT NULL,
	"direction" "direction" NOT NULL,
	"author_kind" "author_kind" NOT NULL,
	"author_id" uuid,
	"author_name" text NOT NULL,
	"author_address" text,
	"body" text NOT NULL,
	"template" jsonb,
	"client_key" text,
	"sender_id" uuid,
	"twilio_sid" text,
	"city" text,
	"state" text,
	"zip" text,
	"country" text,
	"details" jsonb,
	"held_because" text,
	"total_count" integer DEFAULT 0 NOT NULL,
	"queued_count" integer DEFAULT 0 NOT NULL,
	"sent_count" integer DEFAULT 0 NOT NULL,
	"delivered_count" integer DEFAULT 0 NOT NULL,
	"failed_count" integer DEFAULT 0 NOT NULL,
	"unknown_count" integer DEFAULT 0 NOT NULL,
	"trace_parent" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "messages_twilio_sid_unique" UNIQUE("twilio_sid")
);
--> statement-breakpoint
CREATE TABLE "segment_prices" (
	"country" text PRIMARY KEY NOT NULL,
	"price" numeric,
	"currency" text,
	"problem" text,
	"looked_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "push_notices" (
	"subscription_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"message_id" uuid NOT NULL,
	"tries" smallint DEFAULT 0 NOT NULL,
	"due_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "push_notices_subscription_id_conversation_id_pk" PRIMARY KEY("subscription_id","conversation_id")
);
--> statement-breakpoint
CREATE TABLE "push_subscriptions" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"user_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"endpoint" text NOT NULL,
	"p256dh" text NOT NULL,
	"auth" text NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "push_subscriptions_session_id_unique" UNIQUE("session_id"),
	CONSTRAINT "push_subscriptions_endpoint_unique" UNIQUE("endpoint")
);
--> statement-breakpoint
CREATE TABLE "vapid_keys" (
	"id" smallint PRIMARY KEY DEFAULT 1 NOT NULL,
	"public_key" text NOT NULL,
	"private_key" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "vapid_keys_one" CHECK ("vapid_keys"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE "backfills" (
	"name" text PRIMARY KEY NOT NULL,
	"began_at" timestamp with time zone DEFAULT now() NOT NULL,
	"watermark" timestamp with time zone DEFAULT now() NOT NULL,
	"next_at" timestamp with time zone DEFAULT now() NOT NULL,
	"reconcile_before" timestamp with time zone,
	"failures" integer DEFAULT 0 NOT NULL,
	"failing_since" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "recoveries" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"texts" integer NOT NULL,
	"first_at" timestamp with time zone NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	"found_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "saved_replies" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"name" text NOT NULL,
	"body" text NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "scheduled_messages" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"conversation_id" uuid NOT NULL,
	"sender_id" uuid NOT NULL,
	"client_key" text NOT NULL,
	"body" text NOT NULL,
	"template" jsonb,
	"media_ids" uuid[] NOT NULL,
	"send_at" timestamp with time zone NOT NULL,
	"unless_more_than" bigint,
	"problem" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "taken_back" (
	"sender_id" uuid NOT NULL,
	"client_key" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "taken_back_sender_id_client_key_pk" PRIMARY KEY("sender_id","client_key")
);
--> statement-breakpoint
CREATE TABLE "breakers" (
	"name" text PRIMARY KEY NOT NULL,
	"error_code" integer,
	"opened_at" timestamp with time zone DEFAULT now() NOT NULL,
	"probe_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "dispatchers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"seen_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "send_counts" (
	"day" date NOT NULL,
	"counter" text NOT NULL,
	"segments" bigint NOT NULL,
	CONSTRAINT "send_counts_day_counter_pk" PRIMARY KEY("day","counter")
);
--> statement-breakpoint
CREATE TABLE "countings" (
	"name" text PRIMARY KEY NOT NULL,
	"next_at" timestamp with time zone DEFAULT now() NOT NULL,
	"counted_from" timestamp with time zone,
	"done_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "line_hours" (
	"line_id" uuid NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"inbound" integer DEFAULT 0 NOT NULL,
	"outbound" integer DEFAULT 0 NOT NULL,
	"delivered" integer DEFAULT 0 NOT NULL,
	"failed" integer DEFAULT 0 NOT NULL,
	"answer_seconds" "bytea" DEFAULT '' NOT NULL,
	CONSTRAINT "line_hours_hour_line_id_pk" PRIMARY KEY("hour","line_id")
);
--> statement-breakpoint
CREATE TABLE "templates" (
	"sid" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"language" text NOT NULL,
	"category" text NOT NULL,
	"content_type" text NOT NULL,
	"body" text NOT NULL,
	"samples" jsonb NOT NULL,
	"status" text NOT NULL,
	"rejection_reason" text NOT NULL,
	"found_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "unreachable_addresses" (
	"address" text PRIMARY KEY NOT NULL,
	"error_code" integer NOT NULL,
	"since" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "api_tokens" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"user_id" uuid NOT NULL,
	"name" text NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp with time zone,
	CONSTRAINT "api_tokens_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"user_id" uuid NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"user_agent" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"proved_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "sessions_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "setup_links" (
	"token_hash" "bytea" PRIMARY KEY NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"role" "user_role" NOT NULL,
	"password_hash" text NOT NULL,
	"disabled_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "addresses" ADD CONSTRAINT "addresses_contact_id_contacts_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contacts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_import_renames" ADD CONSTRAINT "contact_import_renames_import_id_contact_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."contact_imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_import_renames" ADD CONSTRAINT "contact_import_renames_contact_id_contacts_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contacts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_imports" ADD CONSTRAINT "contact_imports_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_imports" ADD CONSTRAINT "contact_imports_group_id_conversations_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."conversations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_import_id_contact_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."contact_imports"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opt_outs" ADD CONSTRAINT "opt_outs_line_id_lines_id_fk" FOREIGN KEY ("line_id") REFERENCES "public"."lines"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_import_members" ADD CONSTRAINT "contact_import_members_import_id_contact_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."contact_imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_import_members" ADD CONSTRAINT "contact_import_members_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_line_id_lines_id_fk" FOREIGN KEY ("line_id") REFERENCES "public"."lines"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_contact_id_contacts_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contacts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_assignee_id_users_id_fk" FOREIGN KEY ("assignee_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "groups" ADD CONSTRAINT "groups_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_contact_id_contacts_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contacts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "send_attempts" ADD CONSTRAINT "send_attempts_delivery_id_deliveries_id_fk" FOREIGN KEY ("delivery_id") REFERENCES "public"."deliveries"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversation_labels" ADD CONSTRAINT "conversation_labels_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversation_labels" ADD CONSTRAINT "conversation_labels_label_id_labels_id_fk" FOREIGN KEY ("label_id") REFERENCES "public"."labels"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_merges" ADD CONSTRAINT "contact_merges_kept_id_contacts_id_fk" FOREIGN KEY ("kept_id") REFERENCES "public"."contacts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_merges" ADD CONSTRAINT "contact_merges_merged_by_users_id_fk" FOREIGN KEY ("merged_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "media" ADD CONSTRAINT "media_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "media" ADD CONSTRAINT "media_uploader_id_users_id_fk" FOREIGN KEY ("uploader_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_sender_id_users_id_fk" FOREIGN KEY ("sender_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "push_notices" ADD CONSTRAINT "push_notices_subscription_id_push_subscriptions_id_fk" FOREIGN KEY ("subscription_id") REFERENCES "public"."push_subscriptions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "push_notices" ADD CONSTRAINT "push_notices_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "push_subscriptions" ADD CONSTRAINT "push_subscriptions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "push_subscriptions" ADD CONSTRAINT "push_subscriptions_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_replies" ADD CONSTRAINT "saved_replies_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scheduled_messages" ADD CONSTRAINT "scheduled_messages_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scheduled_messages" ADD CONSTRAINT "scheduled_messages_sender_id_users_id_fk" FOREIGN KEY ("sender_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "taken_back" ADD CONSTRAINT "taken_back_sender_id_users_id_fk" FOREIGN KEY ("sender_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "line_hours" ADD CONSTRAINT "line_hours_line_id_lines_id_fk" FOREIGN KEY ("line_id") REFERENCES "public"."lines"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_numbers_address" ON "account_numbers" USING btree ("address");--> statement-breakpoint
CREATE INDEX "account_numbers_connecting" ON "account_numbers" USING btree ("try_at") WHERE state = 'connecting';--> statement-breakpoint
CREATE INDEX "audit_user" ON "audit" USING btree ("user_id","id");--> statement-breakpoint
CREATE INDEX "audit_action" ON "audit" USING btree ("action","id");--> statement-breakpoint
CREATE INDEX "addresses_contact" ON "addresses" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "contact_import_renames_contact" ON "contact_import_renames" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "contact_imports_of_user" ON "contact_imports" USING btree ("user_id","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "contacts_by_name" ON "contacts" USING btree (lower("name"),"id");--> statement-breakpoint
CREATE INDEX "contacts_of_import" ON "contacts" USING btree ("import_id") WHERE import_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "opt_outs_active" ON "opt_outs" USING btree ("line_id","address") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "opt_outs_address" ON "opt_outs" USING btree ("address");--> statement-breakpoint
CREATE INDEX "contact_import_members_member" ON "contact_import_members" USING btree ("member_id");--> statement-breakpoint
CREATE UNIQUE INDEX "conversations_direct" ON "conversations" USING btree ("line_id","address") WHERE kind = 'direct';--> statement-breakpoint
CREATE UNIQUE INDEX "conversations_group" ON "conversations" USING btree ("line_id") WHERE kind = 'group';--> statement-breakpoint
CREATE INDEX "conversations_list" ON "conversations" USING btree ("status","last_message_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "conversations_contact" ON "conversations" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "conversations_of_line" ON "conversations" USING btree ("line_id","status","last_message_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "conversations_unread" ON "conversations" USING btree ("status","last_message_at" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE inbound_count > read_count;--> statement-breakpoint
CREATE INDEX "conversations_assigned" ON "conversations" USING btree ("assignee_id","status","last_message_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "conversations_not_direct" ON "conversations" USING btree ("kind","status","last_message_at" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE kind <> 'direct';--> statement-breakpoint
CREATE INDEX "conversations_snoozed" ON "conversations" USING btree ("snoozed_until") WHERE snoozed_until is not null;--> statement-breakpoint
CREATE INDEX "conversations_waiting" ON "conversations" USING btree ("waiting_since","id") WHERE waiting_since is not null and status = 'open';--> statement-breakpoint
CREATE UNIQUE INDEX "members_address" ON "members" USING btree ("conversation_id","address") WHERE left_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "members_user" ON "members" USING btree ("conversation_id","user_id") WHERE left_at is null;--> statement-breakpoint
CREATE INDEX "members_contact" ON "members" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "members_of_group" ON "members" USING btree ("conversation_id","joined_at");--> statement-breakpoint
CREATE UNIQUE INDEX "deliveries_once" ON "deliveries" USING btree ("message_id","address","part");--> statement-breakpoint
CREATE UNIQUE INDEX "deliveries_sid" ON "deliveries" USING btree ("twilio_sid") WHERE twilio_sid is not null;--> statement-breakpoint
CREATE INDEX "deliveries_lane" ON "deliveries" USING btree ("conversation_id","address","seq","part") WHERE state in ('queued', 'sending', 'unknown');--> statement-breakpoint
CREATE INDEX "deliveries_due" ON "deliveries" USING btree ("line_id","priority","next_at") WHERE state = 'queued';--> statement-breakpoint
CREATE INDEX "deliveries_leased" ON "deliveries" USING btree ("lease_until") WHERE state = 'sending';--> statement-breakpoint
CREATE INDEX "deliveries_unknown" ON "deliveries" USING btree ("next_at") WHERE state = 'unknown';--> statement-breakpoint
CREATE INDEX "deliveries_held" ON "deliveries" USING btree ("cause","created_at") WHERE state = 'review';--> statement-breakpoint
CREATE INDEX "deliveries_failed" ON "deliveries" USING btree ("id") WHERE state = 'failed' or (state = 'accepted' and status in ('failed', 'undelivered', 'canceled'));--> statement-breakpoint
CREATE INDEX "deliveries_without_receipt" ON "deliveries" USING btree ("attempt_at") WHERE state = 'accepted' and status_rank < 6 and cause is null;--> statement-breakpoint
CREATE INDEX "status_events_waiting" ON "status_events" USING btree ("received_at") WHERE applied_at is null;--> statement-breakpoint
CREATE INDEX "events_order" ON "events" USING btree ("xid","id");--> statement-breakpoint
CREATE INDEX "inbox_waiting" ON "inbox" USING btree ("seq") WHERE processed_at is null;--> statement-breakpoint
CREATE INDEX "inbox_turn" ON "inbox" USING btree ("turn","seq") WHERE turn is not null;--> statement-breakpoint
CREATE INDEX "inbox_sender" ON "inbox" USING btree ((params ->> 'From'),"received_at");--> statement-breakpoint
CREATE INDEX "conversation_labels_label" ON "conversation_labels" USING btree ("label_id","conversation_id");--> statement-breakpoint
CREATE UNIQUE INDEX "labels_name" ON "labels" USING btree (lower("name"));--> statement-breakpoint
CREATE INDEX "contact_merges_kept" ON "contact_merges" USING btree ("kept_id","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "media_message" ON "media" USING btree ("message_id","position");--> statement-breakpoint
CREATE UNIQUE INDEX "messages_order" ON "messages" USING btree ("conversation_id","seq");--> statement-breakpoint
CREATE INDEX "messages_auto_replies" ON "messages" USING btree ("conversation_id","created_at") WHERE kind = 'auto_reply';--> statement-breakpoint
CREATE UNIQUE INDEX "messages_client_key" ON "messages" USING btree ("sender_id","client_key");--> statement-breakpoint
CREATE INDEX "messages_texts" ON "messages" USING btree ("conversation_id","created_at","author_id") WHERE kind = 'text';--> statement-breakpoint
CREATE INDEX "messages_notes" ON "messages" USING btree ("conversation_id","created_at") WHERE kind = 'note';--> statement-breakpoint
CREATE INDEX "push_notices_due" ON "push_notices" USING btree ("due_at");--> statement-breakpoint
CREATE UNIQUE INDEX "saved_replies_name" ON "saved_replies" USING btree (lower("name"));--> statement-breakpoint
CREATE UNIQUE INDEX "scheduled_messages_client_key" ON "scheduled_messages" USING btree ("sender_id","client_key");--> statement-breakpoint
CREATE INDEX "scheduled_messages_due" ON "scheduled_messages" USING btree ("send_at") WHERE problem is null;--> statement-breakpoint
CREATE INDEX "scheduled_messages_stuck" ON "scheduled_messages" USING btree ("send_at") WHERE problem is not null;--> statement-breakpoint
CREATE INDEX "scheduled_messages_conversation" ON "scheduled_messages" USING btree ("conversation_id","send_at");--> statement-breakpoint
CREATE INDEX "taken_back_by_age" ON "taken_back" USING btree ("at");--> statement-breakpoint
CREATE INDEX "templates_by_name" ON "templates" USING btree (lower("name"),"sid");--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email" ON "users" USING btree (lower("email"));