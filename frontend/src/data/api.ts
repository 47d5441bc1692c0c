/** The server's HTTP interface as typed requests, with one kind of error. Not caching and not tensors: see `tensors.ts`. */
import type { NetworkId, PictureId, Report } from '../protocol/classroom';
import { BUILD_HEADER, heardOf } from '../sync/build';
import type { ClassCode } from '../sync/code';

/** A request that failed: the server's own reason, or `offline` when there was no answer, or `unexpected` when it made no sense. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: string;
  readonly status: number;
  /** When the server wants to be asked again, in ms. */
  readonly retryAfterMs: number | null;

  constructor({ code, message, status, retryAfterMs = null }: ApiProblem) {
    super(message);
    this.code = code;
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}

interface ApiProblem {
  code: string;
  message: string;
  /** HTTP status, 0 where there was no answer. */
  status: number;
  retryAfterMs?: number | null;
}

/** A class that was just started, with what only its founder gets. */
export interface StartedClass {
  code: ClassCode;
  hostSecret: string;
  assistantSecret: string;
}

/** What anyone with the code may know. */
export interface ClassSummary {
  code: ClassCode;
  locked: boolean;
}

/** The report of a class, and what its reader has to know about the recording; moments in ms since 1970. */
export interface WrittenReport {
  openedAt: number;
  /** When it will be deleted; `null` while the class goes on or its host keeps it. */
  goneAt: number | null;
  report: Report;
}

/** One line of the list of networks. */
export interface NetworkSummary {
  id: NetworkId;
  digest: string;
  name: string;
  summary: string;
}

/**
 * The answer to a request, whatever it is, or an error. An aborted request throws the browser's `AbortError`.
 */
export async function request(path: string, init: RequestInit = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw offline();
  }
  heardOf(response.headers.get(BUILD_HEADER));
  return accepted(response);
}

/** Nobody answered. */
export function offline(): ApiError {
  return new ApiError({ code: 'offline', message: 'the server cannot be reached', status: 0 });
}

/** The answer, unless it is a refusal: that is thrown. */
export async function accepted(response: Response): Promise<Response> {
  if (!response.ok) throw await problem(response);
  return response;
}

/** The JSON answer to a request. Its shape is the server's promise. */
export async function requestJson<T>(path: string, init: RequestInit = {}): Promise<T> {
  return jsonOf(await request(path, init), init.signal);
}

/** What an answer says in JSON. Its shape is the server's promise. */
export async function jsonOf<T>(response: Response, signal?: AbortSignal | null): Promise<T> {
  try {
    return (await response.json()) as T;
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ApiError({ code: 'unexpected', message: 'the answer made no sense', status: response.status });
  }
}

/** The bytes of an answer; a connection that breaks off in the middle is the same as none. */
export async function bytesOf(response: Response, signal: AbortSignal): Promise<ArrayBuffer> {
  try {
    return await response.arrayBuffer();
  } catch (cause) {
    if (signal.aborted) throw cause;
    throw new ApiError({ code: 'offline', message: 'the answer broke off', status: 0 });
  }
}

async function problem(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null);
  const seconds = Number(response.headers.get('retry-after') ?? NaN);
  const known = isProblem(body) ? body : { code: 'unexpected', message: response.statusText };
  return new ApiError({
    code: known.code,
    message: known.message,
    status: response.status,
    retryAfterMs: Number.isFinite(seconds) ? seconds * 1000 : null,
  });
}

function isProblem(body: unknown): body is { code: string; message: string } {
  return (
    typeof body === 'object' &&
    body !== null &&
    'code' in body &&
    typeof body.code === 'string' &&
    'message' in body &&
    typeof body.message === 'string'
  );
}

/** Starts a class with the server's first network and picture. */
export function startClass(): Promise<StartedClass> {
  const headers = { 'content-type': 'application/json' };
  return requestJson('/api/classes', { method: 'POST', headers, body: '{}' });
}

/** Looks a class up. Throws `no_such_class` where there is none. */
export function findClass(code: ClassCode): Promise<ClassSummary> {
  return requestJson(`/api/classes/${code}`);
}

/** What a class looks at, as far as everyone may know; `null` also where there is no such class. */
export function findShown(code: ClassCode): Promise<{ network: NetworkId; picture: PictureId } | null> {
  return requestJson(`/api/classes/${code}/shown`);
}

/** The report of a class, for whoever has the host's secret. */
export function readReport(code: ClassCode, secret: string): Promise<WrittenReport> {
  return requestJson(`/api/classes/${code}/report`, { headers: ofHost(secret) });
}

/** Keeps what the server has of a class, or lets it go in time. */
export async function keepClass(code: ClassCode, secret: string, kept: boolean): Promise<void> {
  const headers = { ...ofHost(secret), 'content-type': 'application/json' };
  await request(`/api/classes/${code}/kept`, { method: 'POST', headers, body: JSON.stringify({ kept }) });
}

/** Deletes everything that the server has of a class. */
export async function deleteClass(code: ClassCode, secret: string): Promise<void> {
  await request(`/api/classes/${code}/deletion`, { method: 'POST', headers: ofHost(secret) });
}

/** Not in the address: addresses end up in logs. */
export function ofHost(secret: string): Record<string, string> {
  return { 'convocation-host': secret };
}

export function listNetworks(): Promise<NetworkSummary[]> {
  return requestJson('/api/networks');
}

/** Where this server can be reached from other machines, best first. */
export async function listAddresses(): Promise<string[]> {
  const { addresses } = await requestJson<{ addresses: string[] }>('/api/addresses');
  return addresses;
}

/** The address of a QR code of `text`, as an SVG. */
export function qrUrl(text: string): string {
  return `/api/qr?${new URLSearchParams({ text }).toString()}`;
}

/** The address of a picture as the server keeps it. */
export function pictureUrl(picture: PictureId): string {
  return `/api/pictures/${picture}`;
}

/** The address of its central square, 128 px wide. */
export function thumbnailUrl(picture: PictureId): string {
  return `${pictureUrl(picture)}/thumbnail`;
}
