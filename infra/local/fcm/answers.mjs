// FCM's answers, as its reference words them ("FCM Error Codes", "ErrorCode").

const FCM_ERROR = 'type.googleapis.com/google.firebase.fcm.v1.FcmError';
const BAD_REQUEST = 'type.googleapis.com/google.rpc.BadRequest';

const failure = (code, status, message, details = [], headers = {}) => ({
  status: code,
  headers,
  body: JSON.stringify({error: {code, message, status, ...(details.length && {details})}}),
});

const fcmError = errorCode => ({'@type': FCM_ERROR, errorCode});

const violations = found => ({'@type': BAD_REQUEST, fieldViolations: found});

export const accepted = name => ({status: 200, headers: {}, body: JSON.stringify({name})});

export const unauthenticated = () => failure(401, 'UNAUTHENTICATED',
  'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid '
  + 'authentication credential.');

export const insufficientScopes = () => failure(403, 'PERMISSION_DENIED', 'Request had insufficient authentication scopes.');

export const wrongProject = project => failure(403, 'PERMISSION_DENIED',
  `Permission 'cloudmessaging.messages.create' denied on resource '//cloudresourcemanager.googleapis.com/projects/${project}' `
  + '(or it may not exist).');

// Google's front end answers unknown addresses in HTML, before the API sees them.
export const notFound = () => ({
  status: 404,
  headers: {'content-type': 'text/html; charset=UTF-8'},
  body: '<!DOCTYPE html><title>Error 404 (Not Found)!!1</title><p>The requested URL was not found on this server.',
});

export const notJson = () => failure(400, 'INVALID_ARGUMENT', 'Invalid JSON payload received. Unexpected token.',
  [violations([{description: 'Invalid JSON payload received. Unexpected token.'}])]);

export const badRequest = found => failure(400, 'INVALID_ARGUMENT', found[0].description, [violations(found)]);

export const tooBig = platform => failure(400, 'INVALID_ARGUMENT', `${platform} message is too big`, [fcmError('INVALID_ARGUMENT')]);

export const badTarget = kind => failure(400, 'INVALID_ARGUMENT',
  kind === 'fid' ? 'The Firebase Installation ID is not valid' : 'The registration token is not a valid FCM registration token',
  [fcmError('INVALID_ARGUMENT')]);

export const unregistered = () => failure(404, 'NOT_FOUND', 'Requested entity was not found.', [fcmError('UNREGISTERED')]);

export const senderMismatch = () => failure(403, 'PERMISSION_DENIED', 'SenderId mismatch', [fcmError('SENDER_ID_MISMATCH')]);

export const throttled = retryAfter => failure(429, 'RESOURCE_EXHAUSTED', 'Resource has been exhausted (e.g. check quota).',
  [fcmError('QUOTA_EXCEEDED')], retryAfter === null ? {} : {'retry-after': String(retryAfter)});

export const internal = () => failure(500, 'INTERNAL', 'Internal error encountered.', [fcmError('INTERNAL')]);

export const unavailable = retryAfter => failure(503, 'UNAVAILABLE', 'The service is currently unavailable.',
  [fcmError('UNAVAILABLE')], retryAfter === null ? {} : {'retry-after': String(retryAfter)});
