// The channel: takes files and links, and shows what the server tells of the answers.
import { answerLooks, filesCame, stop } from "./look.js";
import { say } from "./saying.js";
import { part } from "./server.js";
import { tellLocalTimes } from "./times.js";

const form = document.querySelector("#ask");
const waiting = document.querySelector("#waiting");
const messages = document.querySelector("#messages");
const empty = document.querySelector("#empty");
const lost = document.querySelector("#lost");
const dialog = document.querySelector("#dialog");
const main = document.querySelector("#main");
const texts = document.querySelector("#texts").dataset;

const STAY = { preventScroll: true };
const focusOn = (element) => (element ?? main).focus(STAY);

// By a function: a name may hold what means something to replace().
const named = (text, name) => text.replace("{name}", () => name);

// The browser's own files, by the message in which each was answered: what was dropped can be heard there.
const files = new Map();
const filesOf = (id) => ({ get: () => files.get(id) ?? null, set: (file) => files.set(id, file) });

// --- What is asked

const queue = [];
let underWay = 0;

const isBusy = () => underWay >= Number(form.dataset.atOnce);

const ask = (name, body, file) => {
  const asked = { name, body, file, item: null };
  if (isBusy()) asked.item = wait(asked);
  queue.push(asked);
  next();
};

const fromTemplate = (id) => document.querySelector(id).content.firstElementChild.cloneNode(true);

// What waits is in this browser alone: it can be seen, and taken back.
const wait = (asked) => {
  const item = fromTemplate("#waits");
  item.querySelector("bdi").textContent = asked.name;
  item.querySelector("button").addEventListener("click", () => {
    queue.splice(queue.indexOf(asked), 1);
    item.remove();
    focusOn(waiting.querySelector("button") ?? form.elements.file);
  });
  waiting.append(item);
  return item;
};
addEventListener("beforeunload", (event) => queue.length && event.preventDefault());

const next = async () => {
  if (isBusy() || !queue.length) return;
  const { name, body, file, item } = queue.shift();
  item?.remove();
  underWay += 1;
  say(named(texts.sending, name));
  try {
    const response = await fetch("/ask", { method: "POST", headers: { Fragment: "1" }, body });
    if (!response.ok) {
      note([name, await response.text()].filter(Boolean).join(": "));
      return;
    }
    for (const id of (response.headers.get("Message") ?? "").split(" ")) {
      if (file && id) files.set(id, file);
    }
    filesCame();
  } catch {
    note(named(texts.notSent, name));
    // Nobody wants to look for a link again.
    if (!file && !form.elements.link.value) form.elements.link.value = name;
  } finally {
    underWay -= 1;
    next();
  }
};

const askFiles = (chosen) => {
  for (const file of chosen) {
    if (file.size > Number(form.dataset.maxBytes)) {
      note(named(texts.tooLarge, file.name));
      continue;
    }
    const body = new FormData();
    body.append("file", file, file.name);
    ask(file.name, body, file);
  }
};

const note = (text) => {
  const item = fromTemplate("#trouble");
  item.querySelector("button").addEventListener("click", () => {
    item.remove();
    empty.hidden = messages.children.length > 0;
    focusOn(form.elements.file);
  });
  messages.prepend(item);
  // Once it is there: what is there from the beginning is not read out.
  item.querySelector("[role=alert]").textContent = text;
  item.scrollIntoView({ block: "nearest" });
  empty.hidden = true;
};

const DOUBLE_CLICK_MS = 500;
let submittedAt = -Infinity;
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const isSecond = event.timeStamp - submittedAt < DOUBLE_CLICK_MS;
  submittedAt = event.timeStamp;
  const [file, link] = [form.elements.file, form.elements.link];
  const address = link.value.trim();
  if (address) {
    const body = new FormData();
    body.append("link", address);
    ask(address, body, null);
  } else if (!file.files.length && !isSecond) {
    // Not the second of two clicks: the first has emptied the form.
    ask("", new FormData(form), null);
  }
  askFiles(file.files);
  form.reset();
});

// Choosing is asking, as it says there: on a phone, that is one tap less.
form.elements.file.addEventListener("change", (event) => {
  askFiles(event.target.files);
  event.target.value = "";
});

document.body.dataset.drop = texts.drop;
const DRAG_ENDS_AFTER_MS = 600;
let dragEnd = null;
const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");
const endDrag = () => {
  clearTimeout(dragEnd);
  document.body.classList.remove("dropping");
};
addEventListener("dragover", (event) => {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  document.body.classList.add("dropping");
  // It is told again and again for as long as files are over the page; not all browsers tell when they leave.
  clearTimeout(dragEnd);
  dragEnd = setTimeout(endDrag, DRAG_ENDS_AFTER_MS);
});
addEventListener("drop", (event) => {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  endDrag();
  const dropped = [];
  for (const item of event.dataTransfer.items) {
    const file = item.getAsFile();
    if (item.webkitGetAsEntry?.()?.isDirectory) note(named(texts.folder, file.name));
    else if (file) dropped.push(file);
  }
  askFiles(dropped);
});

// --- What is answered

const buttonOf = (value) => [...messages.querySelectorAll("button")].find((button) => button.value === value);

const show = (html) => {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  const message = holder.content.firstElementChild;
  tellLocalTimes(message);
  const old = document.getElementById(message.id);
  const isAnswered = message.ariaBusy !== "true" && (!old || old.ariaBusy === "true");
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
  if (!isAnswered) return;
  const answer = message.querySelector(".card-title") ?? message.querySelector(".reply-text");
  say(`${message.querySelector(".asked bdi").textContent}: ${answer?.textContent ?? ""}`);
  // Whoever waits for one answer wants to look at it, where the clip can be heard; of many, each would be in the way.
  const look = message.querySelector(".look");
  if (look && underWay <= 1 && !queue.length) look.open = true;
};

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

// A hiccup is nobody's concern; and an alarm that is written again is read out again.
const ALARM_AFTER_MS = 1500;
let alarm = null;
let trouble = null;
const warn = (text) => {
  if (text === trouble) return;
  trouble = text;
  clearTimeout(alarm);
  alarm = setTimeout(() => {
    lost.textContent = text;
    lost.hidden = false;
  }, ALARM_AFTER_MS);
};
const allIsWell = () => {
  trouble = null;
  clearTimeout(alarm);
  lost.hidden = true;
};

// A browser keeps few connections to one server: a tab that nobody sees gives its own back, and catches up later.
let events = null;
document.addEventListener("visibilitychange", () => {
  events?.close();
  if (!document.hidden) listen();
});

// Each time a little later: where there is no room, there may be none for long.
const [FIRST_MS, MOST_MS] = [3000, 60_000];
let pause = FIRST_MS;
let again = null;
const listenLater = () => {
  clearTimeout(again);
  again = setTimeout(listenAgain, pause);
  pause = Math.min(2 * pause, MOST_MS);
};

const listen = () => {
  clearTimeout(again);
  events?.close();
  events = new EventSource(`/events?seen=${form.dataset.seen}`);
  events.addEventListener("message", (event) => show(JSON.parse(event.data)));
  events.addEventListener("gone", (event) => remove(JSON.parse(event.data)));
  events.addEventListener("restarted", () => location.reload());
  events.addEventListener("seen", (event) => (form.dataset.seen = event.lastEventId));
  events.addEventListener("welcome", () => {
    pause = FIRST_MS;
    allIsWell();
  });
  events.addEventListener("full", () => {
    events.close();
    warn(texts.full);
    listenLater();
  });
  events.addEventListener("error", () => {
    warn(texts.lost);
    if (events.readyState === EventSource.CLOSED) listenLater();
  });
};

// After a restart, whoever had logged in has to do so again.
const listenAgain = async () => {
  if (document.hidden) return;
  await part("/", { method: "HEAD" }).catch(() => null);
  listen();
};
listen();

// --- What is clicked

const content = document.querySelector("#dialog-content");

const open = (html) => {
  content.innerHTML = html;
  tellLocalTimes(content);
  const heading = content.querySelector(".form-title, .card-title") ?? content;
  heading.id ||= "dialog-title";
  dialog.setAttribute("aria-labelledby", heading.id);
  if (!dialog.open) {
    // The keyboard goes to the first field or button.
    content.removeAttribute("tabindex");
    dialog.showModal();
    return;
  }
  // What held the keyboard is gone.
  content.tabIndex = -1;
  content.focus(STAY);
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
    const response = await part(path, { method: "POST", body });
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
    warn(texts.lost);
    listen();
  } finally {
    sent.ariaBusy = null;
  }
});

answerLooks(messages, filesOf);
