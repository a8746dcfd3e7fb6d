/** On whose behalf the page acts: "You", the group's admin, a member. */
import { h } from "./dom.js";
import { fullName, initials, tint } from "./format.js";
import { showMenu } from "./menu.js";
import { actAs, memberIn, store } from "./store.js";

export const avatar = (peer, extra = "") =>
  h("span", { class: `avatar ${tint(peer)} ${extra}`, "aria-hidden": "true" }, initials(peer.title ?? fullName(peer)));

export const personName = (person) => (person?.id === store.me ? "You" : fullName(person));

const ranks = { creator: "owner", administrator: "admin", member: "member", restricted: "restricted" };

/** A menu of those one can be in this chat; without a chat, of everybody. */
export function choosePerson(at, chat = null) {
  const people = [...store.people.values()].filter((person) => !chat || chat.type === "private" || memberIn(chat, person.id));
  const items = people.map((person) => ({
    label: personName(person),
    hint: ranks[chat ? memberIn(chat, person.id)?.status : ""] ?? "",
    lead: avatar(person, "small"),
    checked: person.id === store.acting,
    run: () => actAs(person.id),
  }));
  showMenu("Act as", items, at);
}
