-- How a message counts a delivery. contracts/src/delivery-status.ts says the same; a test holds them together.
CREATE FUNCTION delivery_bucket(state delivery_state, status text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE state
    WHEN 'queued' THEN 'queued'
    WHEN 'sending' THEN 'queued'
    WHEN 'unknown' THEN 'unknown'
    WHEN 'review' THEN 'unknown'
    WHEN 'failed' THEN 'failed'
    WHEN 'cancelled' THEN 'failed'
    WHEN 'accepted' THEN CASE
      WHEN status = 'sent' THEN 'sent'
      WHEN status IN ('delivered', 'partially_delivered', 'read') THEN 'delivered'
      WHEN status IN ('failed', 'undelivered', 'canceled') THEN 'failed'
      ELSE 'queued'
    END
  END
$$;
--> statement-breakpoint
-- Counted once a statement, not once a row: a fan-out to 10,000 updates its message once.
CREATE FUNCTION count_new_deliveries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE messages SET
    total_count = messages.total_count + added.total,
    queued_count = messages.queued_count + added.queued,
    sent_count = messages.sent_count + added.sent,
    delivered_count = messages.delivered_count + added.delivered,
    failed_count = messages.failed_count + added.failed,
    unknown_count = messages.unknown_count + added.unknown
  FROM (
    SELECT
      message_id,
      count(*) AS total,
      count(*) FILTER (WHERE bucket = 'queued') AS queued,
      count(*) FILTER (WHERE bucket = 'sent') AS sent,
      count(*) FILTER (WHERE bucket = 'delivered') AS delivered,
      count(*) FILTER (WHERE bucket = 'failed') AS failed,
      count(*) FILTER (WHERE bucket = 'unknown') AS unknown
    FROM (SELECT message_id, delivery_bucket(state, status) AS bucket FROM new_rows) AS counted
    GROUP BY message_id
  ) AS added
  WHERE messages.id = added.message_id;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE FUNCTION count_moved_deliveries() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  touched uuid[];
BEGIN
  -- Read, and waiting for a person, count as before and are shown otherwise.
  -- A difference of sets is hashed whatever its size; a join would keep the plan made for the first few rows.
  SELECT array_agg(DISTINCT message_id) INTO touched FROM (
    SELECT id, message_id, delivery_bucket(state, status), status = 'read', state = 'review' FROM new_rows
    EXCEPT
    SELECT id, message_id, delivery_bucket(state, status), status = 'read', state = 'review' FROM old_rows
  ) AS different;
  IF touched IS NULL THEN
    RETURN NULL;
  END IF;

  -- Two batches may touch the same messages: always in the same order, so they cannot wait for each other.
  PERFORM 1 FROM messages WHERE id = ANY (touched) ORDER BY id FOR NO KEY UPDATE;

  -- The list marks a conversation whose last message failed: told when that begins or ends.
  WITH counted AS (
    UPDATE messages SET
      queued_count = messages.queued_count + moved.queued,
      sent_count = messages.sent_count + moved.sent,
      delivered_count = messages.delivered_count + moved.delivered,
      failed_count = messages.failed_count + moved.failed,
      unknown_count = messages.unknown_count + moved.unknown
    FROM (
      SELECT
        message_id,
        sum((bucket = 'queued')::int * sign) AS queued,
        sum((bucket = 'sent')::int * sign) AS sent,
        sum((bucket = 'delivered')::int * sign) AS delivered,
        sum((bucket = 'failed')::int * sign) AS failed,
        sum((bucket = 'unknown')::int * sign) AS unknown
      FROM (
        SELECT message_id, delivery_bucket(state, status) AS bucket, 1 AS sign FROM new_rows
        UNION ALL
        SELECT message_id, delivery_bucket(state, status), -1 FROM old_rows
      ) AS changed
      GROUP BY message_id
    ) AS moved
    WHERE messages.id = moved.message_id AND messages.id = ANY (touched)
    RETURNING messages.id, messages.conversation_id,
      (messages.failed_count > 0) <> (messages.failed_count - moved.failed > 0) AS turned
  )
  INSERT INTO events (type, subject_id, conversation_id, owner_id)
  SELECT told.type, told.subject_id, conversations.id,
    CASE conversations.visibility WHEN 'private' THEN conversations.owner_id END
  FROM counted
  JOIN conversations ON conversations.id = counted.conversation_id
  CROSS JOIN LATERAL (
    VALUES ('message.changed', counted.id), ('conversation.changed', conversations.id)
  ) AS told (type, subject_id)
  WHERE told.type = 'message.changed'
    OR (counted.turned AND conversations.last_message_id = counted.id);
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER deliveries_counted_when_new AFTER INSERT ON deliveries
REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_new_deliveries();
--> statement-breakpoint
CREATE TRIGGER deliveries_counted_when_moved AFTER UPDATE ON deliveries
REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_moved_deliveries();
--> statement-breakpoint
-- The audit log is added to and never changed, by nobody and whatever asks for it.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;
--> statement-breakpoint
CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- Parts of names and numbers. The owner needs CREATE on the database: it is a trusted extension.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
--> statement-breakpoint
CREATE INDEX contacts_name_parts ON contacts USING gin (name gin_trgm_ops);
--> statement-breakpoint
CREATE INDEX addresses_parts ON addresses USING gin (address gin_trgm_ops);
--> statement-breakpoint
-- Letters and digits alone, so that what stands between them (a mail address, a date) is found by its parts,
-- and words are the same whatever a parser makes of them. See docs/adr/0023. Names are in full, as an index
-- is made without a search path.
CREATE FUNCTION plain_words(body text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT translate(body, $punctuation$!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~“”‘’„«»–—…·•¡¿、。，！？$punctuation$, repeat(' ', 60))
$$;
--> statement-breakpoint
CREATE FUNCTION message_words(body text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT to_tsvector('pg_catalog.simple'::regconfig, public.plain_words(body))
$$;
--> statement-breakpoint
-- All of the words, the last of which may be unfinished. Null: there is no word.
CREATE FUNCTION message_query(q text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT (nullif(plainto_tsquery('pg_catalog.simple'::regconfig, public.plain_words(q))::text, '') || ':*')::tsquery
$$;
--> statement-breakpoint
-- Added to in passing, and tidied every 256 kB, so that writing a text stays cheap and no reader meets a long list.
CREATE INDEX messages_words ON messages USING gin (message_words(body))
WITH (fastupdate = on, gin_pending_list_limit = 256) WHERE kind <> 'event';
