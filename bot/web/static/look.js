// Looking closer: the timeline says what is heard at each second, and plays the clip from there.

// What is played now: one clip at a time.
const player = new Audio();
let played = null;
let wanted = 0;

// Where it does not begin, or is stopped before it did, the button says so by its words.
const resume = () => player.play().catch(() => {});

const start = () => {
  player.currentTime = wanted;
  resume();
};
player.addEventListener("loadedmetadata", start);

const play = (file, seconds) => {
  wanted = seconds;
  if (played !== file) {
    if (player.src) URL.revokeObjectURL(player.src);
    player.src = URL.createObjectURL(file);
    played = file;
  } else if (player.readyState >= HTMLMediaElement.HAVE_METADATA) {
    start();
  }
};

// Nobody could stop what is gone.
export const stop = (file) => {
  if (file && played === file) player.pause();
};

// One timeline: `fileOf` returns the browser's own file, or null where it has none.
export const answerLook = (root, fileOf) => {
  const timeline = root.querySelector(".timeline");
  const readout = root.querySelector(".readout");
  const button = root.querySelector(".listen");
  if (!timeline) return;
  const words = readout.textContent;
  const moments = [...timeline.querySelectorAll("a[data-start]")];
  const tell = (moment) => (readout.textContent = moment ? moment.dataset.words : words);
  for (const moment of moments) {
    moment.addEventListener("pointerenter", () => tell(moment));
    moment.addEventListener("focus", () => tell(moment));
  }
  timeline.addEventListener("pointerleave", () => tell(null));
  const secondsAt = (moment, event) => {
    const [start, end] = [Number(moment.dataset.start), Number(moment.dataset.end)];
    if (!event.detail) return start; // By the keyboard there is no place within it.
    const box = moment.querySelector(".moment").getBoundingClientRect();
    return start + ((event.clientX - box.left) / box.width) * (end - start);
  };
  timeline.addEventListener("click", (event) => {
    const moment = event.target.closest("a[data-start]");
    const file = fileOf();
    if (!moment) return;
    event.preventDefault();
    tell(moment);
    if (file) play(file, Math.max(0, secondsAt(moment, event)));
  });
  const cursor = timeline.querySelector(".cursor");
  const follow = () => {
    if (!root.isConnected) return;
    const isPlayed = played !== null && played === fileOf();
    const now = isPlayed && moments.find((moment) => player.currentTime < Number(moment.dataset.end) && player.currentTime >= Number(moment.dataset.start));
    const place = now ? now.querySelector(".moment") : null;
    cursor.toggleAttribute("hidden", !place);
    if (place) {
      const part = (player.currentTime - Number(now.dataset.start)) / (Number(now.dataset.end) - Number(now.dataset.start));
      const x = Number(place.getAttribute("x")) + part * Number(place.getAttribute("width"));
      cursor.setAttribute("x1", x);
      cursor.setAttribute("x2", x);
      if (!player.paused) tell(now);
    }
    button.textContent = isPlayed && !player.paused ? button.dataset.pause : button.dataset.play;
  };
  for (const event of ["timeupdate", "play", "pause", "ended"]) player.addEventListener(event, follow);
  // The server hears more kinds of files than a browser does.
  player.addEventListener("error", () => {
    if (root.isConnected && played === fileOf()) readout.textContent = button.dataset.unplayable;
  });
  button.hidden = fileOf() === null;
  button.addEventListener("click", () => {
    const file = fileOf();
    if (played === file && !player.paused) player.pause();
    else play(file, 0);
  });
};

// All looks of a channel, each fetched when it is opened.
export const answerLooks = (messages, headers, fileOf) => {
  messages.addEventListener(
    "toggle",
    async (event) => {
      const look = event.target;
      if (!look.matches(".look[data-look]") || !look.open || look.dataset.loaded) return;
      look.dataset.loaded = "1";
      const response = await fetch(look.dataset.look, { headers }).catch(() => null);
      if (!response?.ok) {
        // The link to the page is still there.
        delete look.dataset.loaded;
        return;
      }
      const holder = document.createElement("div");
      holder.innerHTML = await response.text();
      look.querySelector("p").replaceWith(holder);
      answerLook(holder, () => fileOf(look.closest(".message").dataset.message));
    },
    true,
  );
  // An answer may be looked at before the browser knows that it is the one to its file.
  document.addEventListener("heard", (event) => {
    const button = messages.querySelector(`#m${event.detail || 0} .listen`);
    if (button) button.hidden = fileOf(event.detail) === null;
  });
};

// A page of its own has no file.
document.querySelectorAll("main > .look-closer").forEach((look) => answerLook(look, () => null));
