/** Words and numbers as a Telegram client shows them. Times come as unix seconds. */
const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hour12: false });
const weekday = new Intl.DateTimeFormat("en", { weekday: "short" });
const day = new Intl.DateTimeFormat("en", { day: "numeric", month: "long" });
const shortDay = new Intl.DateTimeFormat("en", { day: "numeric", month: "short" });
const full = new Intl.DateTimeFormat("en", { dateStyle: "full", timeStyle: "medium" });

const at = (seconds) => new Date(seconds * 1000);
export const dayKey = (seconds) => at(seconds).toDateString();
export const time = (seconds) => clock.format(at(seconds));
export const moment = (seconds) => full.format(at(seconds));

const daysAgo = (seconds) => Math.round((new Date().setHours(0, 0, 0, 0) - at(seconds).setHours(0, 0, 0, 0)) / 864e5);

export function dayName(seconds) {
  const ago = daysAgo(seconds);
  return ago === 0 ? "Today" : ago === 1 ? "Yesterday" : day.format(at(seconds));
}

/** The chat list's time: today's hour, this week's day, else the date. */
export function listTime(seconds) {
  const ago = daysAgo(seconds);
  return ago === 0 ? time(seconds) : ago < 7 ? weekday.format(at(seconds)) : shortDay.format(at(seconds));
}

export function fileSize(bytes) {
  if (!Number.isFinite(bytes)) return "";
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1048576 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
}

/** Up to two letters; by code points and not by UTF-16 units, so that an emoji stays whole. */
export function initials(name) {
  const words = (name ?? "").split(/\s+/).map((word) => [...word.replace(/^[^\p{L}\p{N}\p{Emoji}]+/u, "")][0]).filter(Boolean);
  return (words.length > 1 ? [words[0], words.at(-1)] : words).join("").toUpperCase() || "?";
}

/** One of seven colours by id, as Telegram does; the style sheet has each in a light and a dark shade. */
export const tint = (peer) => `tint-${Math.abs(Number(peer?.id) || 0) % 7}`;

export const fullName = (person) => [person?.first_name, person?.last_name].filter(Boolean).join(" ") || person?.name || "";
export const plural = (count, one, many) => `${count} ${count === 1 ? one : many}`;

const actions = {
  typing: "typing",
  upload_photo: "sending a photo",
  upload_document: "sending a file",
  upload_video: "sending a video",
  choose_sticker: "choosing a sticker",
  record_voice: "recording a voice message",
};
export const actionName = (action) => actions[action] ?? "typing";
