export { INSIDERS, ROLES, isRole, type Role } from './roles.js';
export { hasRole, isSystem, systemActor, type Actor } from './actor.js';
export {
  ENVELOPE_HEADER,
  ENVELOPE_LIFETIME_S,
  InvalidEnvelopeError,
  bodyHash,
  parseEnvelopeKeys,
  signEnvelope,
  verifyEnvelope,
  type EnvelopedRequest,
  type EnvelopeKey,
  type VerifiedEnvelope,
} from './signed-envelope.js';
