// The channel: takes files and links, and shows what the server tells of the answers.
import { answerLooks, stop } from "./look.js";

const form = document.querySelector("#ask");
const messages = document.querySelector("#messages");
const empty = document.querySelector("#empty");
const lost = document.querySelector("#lost");
const status = document.querySelector("#status");
const dialog = document.querySelector("#dialog");
const main = document.querySelector("#main");
const texts = document.querySelector("#texts").dataset;
const FRAGMENT = { Fragment: "1" };

// The browser's own files, by the message in which each was answered: what was dropped can be heard there.
const files = new Map();

const say = (text, name) => {
  // By a function: a name may hold what means something to replace().
  status.textContent = text.replace("{name}", () => name);
  return status.textContent;
};

// --- What is asked

const queue = [];
let underWay = 0;

const ask = (name, body, file) => {
  queue.push({ name, body, file });
  next();
};

const next = async () => {
  if (underWay >= Number(form.dataset.atOnce) || !queue.length) return;
  const { name, body, file } = queue.shift();
  underWay += 1;
  say(texts.sending, name);
  try {
    const response = await fetch("/ask", { method: "POST", headers: FRAGMENT, body });
    if (!response.ok) {
      note([name, await response.text()].filter(Boolean).join(": "));
      return;
    }
    for (const id of (response.headers.get("Message") ?? "").split(" ")) {
      if (file && id) files.set(id, file);
      document.dispatchEvent(new CustomEvent("heard", { detail: id }));
    }
    say(texts.answered, name);
  } catch {
    note(say(texts.notSent, name));
  } finally {
    underWay -= 1;
    next();
  }
};

const askFiles = (chosen) => {
  for (const file of chosen) {
    if (file.size > Number(form.dataset.maxBytes)) {
      note(say(texts.tooLarge, file.name));
      continue;
    }
    const body = new FormData();
    body.append("file", file, file.name);
    ask(file.name, body, file);
  }
};

const note = (text) => {
  const item = document.createElement("li");
  item.className = "message lost";
  item.setAttribute("role", "alert");
  item.textContent = text;
  messages.prepend(item);
  empty.hidden = true;
};

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const [file, link] = [form.elements.file, form.elements.link];
  const address = link.value.trim();
  if (address) {
    const body = new FormData();
    body.append("link", address);
    ask(address, body, null);
  } else if (!file.files.length) {
    ask("", new FormData(form), null);
  }
  askFiles(file.files);
  form.reset();
});

// Choosing is asking: on a phone, that is one tap less.
form.elements.file.addEventListener("change", (event) => {
  askFiles(event.target.files);
  event.target.value = "";
});

document.body.dataset.drop = texts.drop;
let depth = 0;
const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");
const setDropping = (change) => {
  depth = change === 0 ? 0 : depth + change;
  document.body.classList.toggle("dropping", depth > 0);
};
addEventListener("dragenter", (event) => holdsFiles(event) && setDropping(1));
addEventListener("dragleave", (event) => holdsFiles(event) && setDropping(-1));
addEventListener("dragover", (event) => holdsFiles(event) && event.preventDefault());
addEventListener("drop", (event) => {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  setDropping(0);
  askFiles(event.dataTransfer.files);
});

// --- What is answered

const STAY = { preventScroll: true };
const buttonOf = (value) => [...messages.querySelectorAll("button")].find((button) => button.value === value);
const focusOn = (element) => (element ?? main).focus(STAY);

const show = (html) => {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  const message = holder.content.firstElementChild;
  tellLocalTime(message);
  const old = document.getElementById(message.id);
  const isNew = !old || (old.ariaBusy === "true" && message.ariaBusy !== "true");
  if (!old) {
    messages.prepend(message);
  } else {
    const held = old.contains(document.activeElement) ? document.activeElement : null;
    const look = old.querySelector(".look[open]");
    old.replaceWith(message);
    // What was opened stays open, and where the keyboard was, it is.
    if (look) message.querySelector(".look")?.replaceWith(look);
    if (held?.isConnected) held.focus(STAY);
    else if (held) focusOn(buttonOf(held.value) ?? message.querySelector("button"));
  }
  empty.hidden = true;
  // Whoever waits for an answer wants to look at it: there, the clip can be heard.
  if (isNew && message.querySelector(".look")) message.querySelector(".look").open = true;
};

const tellLocalTime = (root) => {
  for (const time of root.querySelectorAll("time[datetime]")) {
    time.textContent = new Date(time.dateTime).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  }
};
tellLocalTime(messages);

const remove = (id) => {
  const message = document.getElementById(`m${id}`);
  if (!message) return;
  const held = message.contains(document.activeElement);
  message.remove();
  stop(files.get(id));
  files.delete(id);
  empty.hidden = messages.children.length > 0;
  if (held) focusOn(null);
};

// A browser keeps few connections to one server: a tab that nobody sees gives its own back, and catches up later.
let events = null;
document.addEventListener("visibilitychange", () => {
  events?.close();
  if (!document.hidden) listen();
});

const listen = () => {
  events?.close();
  events = new EventSource(`/events?seen=${form.dataset.seen}`);
  events.addEventListener("message", (event) => show(JSON.parse(event.data)));
  events.addEventListener("gone", (event) => remove(JSON.parse(event.data)));
  events.addEventListener("restarted", () => location.reload());
  events.addEventListener("seen", (event) => (form.dataset.seen = event.lastEventId));
  events.addEventListener("open", () => (lost.hidden = true));
  events.addEventListener("error", () => {
    lost.textContent = texts.lost;
    lost.hidden = false;
    if (events.readyState === EventSource.CLOSED && !document.hidden) setTimeout(listenAgain, 3000);
  });
};

// After a restart, whoever had logged in has to do so again: then everything leads there.
const listenAgain = async () => {
  const response = await fetch("/", { method: "HEAD" }).catch(() => null);
  if (response?.redirected) location.reload();
  else listen();
};
listen();

// --- What is clicked

const open = (html) => {
  document.querySelector("#dialog-content").innerHTML = html;
  if (!dialog.open) dialog.showModal();
};

// The message that it was opened from may be another one by now.
let opener = null;
dialog.addEventListener("close", () => focusOn(buttonOf(opener)));

document.addEventListener("submit", async (event) => {
  const sent = event.target;
  const path = new URL(sent.action).pathname;
  if (!/^\/messages\/\d+\/press$/.test(path)) return;
  event.preventDefault();
  // Buttons that are disabled would lose the keyboard.
  if (sent.ariaBusy === "true") return;
  sent.ariaBusy = "true";
  if (!dialog.open) opener = event.submitter?.value;
  const body = new URLSearchParams(new FormData(sent, event.submitter));
  try {
    const response = await fetch(path, { method: "POST", headers: FRAGMENT, body });
    const text = await response.text();
    if (!response.ok) {
      const words = document.createElement("p");
      words.textContent = text;
      open(words.outerHTML);
    } else if (text) {
      open(text);
    } else {
      dialog.close();
    }
  } catch {
    dialog.close();
    lost.textContent = texts.lost;
    lost.hidden = false;
  } finally {
    sent.ariaBusy = null;
  }
});

answerLooks(messages, FRAGMENT, (id) => files.get(id) ?? null);
