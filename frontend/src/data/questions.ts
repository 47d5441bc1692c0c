/** Questions to someone who learns alone: the server says what can be answered and what is right. In a class they come over the socket. */
import type { Asking, Resolved } from '../protocol/classroom';
import { requestJson } from './api';

/** What can be answered to a question about a view, and what is right. A view that has no such question gets `not_askable`. */
export function resolveQuestion(asking: Asking, signal: AbortSignal): Promise<Resolved> {
  const headers = { 'content-type': 'application/json' };
  return requestJson('/api/questions', { method: 'POST', headers, body: JSON.stringify(asking), signal });
}
