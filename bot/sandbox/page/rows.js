/** Messages into rows: what stands together in one bubble, and how each bubble joins its neighbours. Pure. */
import { dayKey, dayName } from "./format.js";

const together = 10 * 60; // seconds between two messages of one sender that still look like one group

/**
 * [{key, kind: "day" | "service" | "message", messages, flags}]; flags of a message row: own, first, last, group.
 * `limit` newest messages are taken.
 */
export function toRows(messages, { acting, group, limit }) {
  const rows = [];
  let day = null;
  for (const message of messages.slice(-limit)) {
    if (dayKey(message.date) !== day) {
      day = dayKey(message.date);
      rows.push({ key: `day:${day}`, kind: "day", text: dayName(message.date), messages: [], flags: "" });
    }
    const previous = rows.at(-1);
    if (message.service) rows.push({ key: `m:${message.id}`, kind: "service", messages: [message], flags: "" });
    else if (message.album_id && previous.kind === "message" && previous.messages[0].album_id === message.album_id) previous.messages.push(message);
    else rows.push({ key: `m:${message.id}`, kind: "message", messages: [message], flags: "", own: message.from?.id === acting });
  }
  rows.forEach((row, index) => {
    if (row.kind !== "message") return;
    row.group = group;
    row.first = !joined(rows[index - 1], row);
    row.last = !joined(row, rows[index + 1]);
    row.flags = `${row.own}${row.group}${row.first}${row.last}`;
  });
  return rows;
}

function joined(upper, lower) {
  if (upper?.kind !== "message" || lower?.kind !== "message") return false;
  const [a, b] = [upper.messages.at(-1), lower.messages[0]];
  return a.from?.id === b.from?.id && Math.abs(b.date - a.date) < together && (a.topic_id ?? 1) === (b.topic_id ?? 1);
}

export const sameRow = (a, b) =>
  a.flags === b.flags && a.text === b.text && a.messages.length === b.messages.length && a.messages.every((message, index) => message === b.messages[index]);
