/** The sandbox server's JSON, and its stream of events. Every failure is an ApiError with a sentence to show. */
export class ApiError extends Error {}

async function call(path, options) {
  let answer;
  try {
    answer = await fetch(path, { cache: "no-store", ...options });
  } catch {
    throw new ApiError("The sandbox does not answer. Is it still running?");
  }
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new ApiError(body.error || `The sandbox answered ${answer.status}.`);
  return body;
}

const post = (path, body) =>
  call(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

/** The whole state; the commands in it are in the language of `person`, and `me` is that person. */
export const fetchState = (person = null) =>
  call(person === null ? "/api/state" : `/api/state?person=${person}`, { signal: AbortSignal.timeout(15000) });
export const press = (body) => post("/api/press", body);
export const askInline = (body) => post("/api/inline", body);
export const chooseInline = (body) => post("/api/choose", body);
export const pay = (body) => post("/api/pay", body);
export const send = (body) => post("/api/send", body);

export function sendPhoto({ photo, ...fields }) {
  const form = new FormData();
  for (const [key, value] of Object.entries(fields)) if (value !== undefined && value !== null) form.set(key, value);
  form.set("photo", photo, photo.name || "photo.jpg");
  return call("/api/send", { method: "POST", body: form });
}

/** An audio file, as a voice message; what is in it nobody looks at but the bot. */
export function sendVoice({ voice, ...fields }) {
  const form = new FormData();
  for (const [key, value] of Object.entries(fields)) if (value !== undefined && value !== null) form.set(key, value);
  form.set("voice", voice, voice.name || "voice.ogg");
  return call("/api/send", { method: "POST", body: form });
}

/**
 * Follow the server for ever: fetch the state, then its events from there on. When the stream breaks (or the
 * server was restarted, and its cursor means nothing any more) both are done again, so nothing can be missed.
 */
export async function follow({ onState, onEvent, onConnection }) {
  let failures = 0;
  for (;;) {
    try {
      const state = await fetchState();
      onState(state);
      failures = 0;
      await stream(state.cursor ?? 0, onEvent, () => onConnection(true));
    } catch (error) {
      if (!(error instanceof ApiError) && error.name !== "TimeoutError") console.error(error);
    }
    onConnection(false);
    failures += 1;
    await pause(Math.min(5000, 250 * 2 ** Math.min(failures, 5)));
  }
}

/** Resolves when the stream has broken. EventSource's own reconnection is not used: it would repeat an old cursor. */
function stream(cursor, onEvent, onOpen) {
  return new Promise((resolve) => {
    const source = new EventSource(`/api/events?cursor=${encodeURIComponent(cursor)}`);
    source.onopen = onOpen;
    source.onmessage = ({ data }) => {
      let event;
      try {
        event = JSON.parse(data);
      } catch {
        return;
      }
      onEvent(event);
    };
    source.onerror = () => {
      source.close();
      resolve();
    };
  });
}

const pause = (ms) => new Promise((resolve) => {
  const done = () => {
    clearTimeout(timer);
    removeEventListener("online", done);
    resolve();
  };
  const timer = setTimeout(done, ms);
  addEventListener("online", done);
});
