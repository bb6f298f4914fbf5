import { toIsoSeconds, toRfc2822 } from '../dates.ts'
import type { NumberRow, ServiceRow } from '../store/numbers.ts'

export function toNumberResource(accountSid: string, row: NumberRow) {
  return {
    account_sid: accountSid,
    address_requirements: 'none',
    address_sid: null,
    api_version: '2010-04-01',
    beta: false,
    bundle_sid: null,
    capabilities: { fax: false, mms: true, sms: true, voice: true },
    date_created: toRfc2822(row.created_at),
    date_updated: toRfc2822(row.updated_at),
    emergency_address_sid: null,
    emergency_address_status: 'unregistered',
    emergency_status: 'Inactive',
    friendly_name: row.name,
    identity_sid: null,
    origin: 'twilio',
    phone_number: row.address,
    sid: row.sid,
    sms_application_sid: '',
    sms_fallback_method: 'POST',
    sms_fallback_url: row.sms_fallback_url,
    sms_method: 'POST',
    sms_url: row.sms_url,
    status: 'in-use',
    status_callback: row.status_callback,
    status_callback_method: 'POST',
    subresource_uris: {},
    trunk_sid: null,
    uri: `/2010-04-01/Accounts/${accountSid}/IncomingPhoneNumbers/${row.sid}.json`,
    voice_application_sid: null,
    voice_caller_id_lookup: false,
    voice_fallback_method: 'POST',
    voice_fallback_url: null,
    voice_method: 'POST',
    voice_receive_mode: 'voice',
    voice_url: null,
  }
}

export function toServiceResource(accountSid: string, row: ServiceRow) {
  const url = `https://messaging.twilio.com/v1/Services/${row.sid}`
  return {
    account_sid: accountSid,
    area_code_geomatch: true,
    date_created: toIsoSeconds(row.created_at),
    date_updated: toIsoSeconds(row.created_at),
    fallback_method: 'POST',
    fallback_to_long_code: false,
    fallback_url: row.fallback_url,
    friendly_name: row.name,
    inbound_method: 'POST',
    inbound_request_url: row.inbound_url,
    links: { phone_numbers: `${url}/PhoneNumbers` },
    mms_converter: true,
    scan_message_content: 'inherit',
    sid: row.sid,
    smart_encoding: false,
    status_callback: row.status_callback,
    sticky_sender: true,
    synchronous_validation: false,
    url,
    usecase: 'undeclared',
    use_inbound_webhook_on_number: row.use_number_webhook === 1,
    us_app_to_person_registered: false,
    validity_period: 36_000,
  }
}

/** A number as a member of a service; here the capabilities are a list. */
export function toPoolResource(accountSid: string, row: NumberRow) {
  const serviceSid = row.service_sid ?? ''
  return {
    account_sid: accountSid,
    capabilities: ['SMS', 'MMS', 'Voice'],
    country_code: 'US',
    date_created: toIsoSeconds(row.created_at),
    date_updated: toIsoSeconds(row.updated_at),
    phone_number: row.address,
    service_sid: serviceSid,
    sid: row.sid,
    url: `https://messaging.twilio.com/v1/Services/${serviceSid}/PhoneNumbers/${row.sid}`,
  }
}
