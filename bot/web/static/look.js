// Looking closer: the pictures say what is heard at each second, and play the clip from there.
import { say } from "./saying.js";
import { part } from "./server.js";

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

const isHalted = () => player.paused && player.currentTime > 0 && !player.ended;

// Nobody could stop what is gone.
export const stop = (file) => {
  if (file && played === file) player.pause();
};

// Each look that is there is told how far the player is, and that the browser knows of more files.
const looks = new Set();
const tellLooks = (tell) => {
  for (const look of looks) {
    if (look.root.isConnected) tell(look);
    else looks.delete(look);
  }
};
for (const kind of ["timeupdate", "play", "pause", "ended", "error"]) {
  player.addEventListener(kind, (event) => tellLooks((look) => look.follow(event)));
}
export const filesCame = () => tellLooks((look) => look.welcome());

const within = (share) => Math.min(1, Math.max(0, share));
const shareOf = (box, x) => within((x - box.left) / box.width);
const spanOf = (moment) => [Number(moment.dataset.start), Number(moment.dataset.end)];

// Whether a file is the one that was heard; browsers tell only where the connection is safe.
const isOther = async (file, digest) => {
  if (!crypto.subtle) return false;
  const found = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
  return [...found].map((byte) => byte.toString(16).padStart(2, "0")).join("") !== digest;
};

// One look: `files` has the browser's own file, or null where it has none.
export const answerLook = (root, files) => {
  const svg = root.querySelector(".timeline svg");
  if (!svg) return;
  const readout = root.querySelector(".readout");
  const button = root.querySelector(".listen");
  const again = root.querySelector(".again");
  const wave = svg.querySelector(".wave");
  const [cursor, waveCursor] = [svg.querySelector(".cursor"), svg.querySelector(".wave-cursor")];
  const moments = [...svg.querySelectorAll("a[data-start]")];
  const duration = Number(wave.dataset.seconds);
  const momentAt = (seconds) => moments.find((moment) => seconds >= spanOf(moment)[0] && seconds < spanOf(moment)[1]);

  const write = (text) => {
    if (readout.textContent !== text) readout.textContent = text;
  };
  const tell = (moment) => {
    for (const one of moments) one.classList.toggle("pointed", one === moment);
    write(moment ? moment.dataset.words : readout.dataset.unheard);
  };
  const invite = () => {
    tell(null);
    write(files.get() ? readout.dataset.play : readout.dataset.point);
  };
  const welcome = () => {
    if (button.hidden !== !files.get()) {
      button.hidden = !files.get();
      invite();
    }
    again.hidden = !button.hidden;
  };

  // Where in the file a pointer is: on the waveform at any second, above it at those that were heard.
  const secondsAt = (event) => {
    const box = wave.getBoundingClientRect();
    if (event.clientY >= box.top) return shareOf(box, event.clientX) * duration;
    const boxes = moments.map((moment) => moment.querySelector(".moment").getBoundingClientRect());
    const place = boxes.findIndex((one) => event.clientX < one.right);
    const number = place < 0 ? boxes.length - 1 : place;
    const [begin, end] = spanOf(moments[number]);
    // Not the very end, which is the next one's.
    return begin + Math.min(0.999, shareOf(boxes[number], event.clientX)) * (end - begin);
  };
  // By where it is, and not by what it points at: a finger that slides keeps pointing at where it began.
  svg.addEventListener("pointermove", (event) => tell(momentAt(secondsAt(event))));
  // What a finger has pointed at stays, to be read once it is lifted.
  svg.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && invite());
  for (const moment of moments) moment.addEventListener("focus", () => tell(moment));
  svg.addEventListener("click", (event) => {
    event.preventDefault();
    const moment = event.target.closest("a[data-start]");
    // By the keyboard there is no place within it.
    const seconds = event.detail ? secondsAt(event) : spanOf(moment)[0];
    tell(momentAt(seconds));
    if (files.get()) play(files.get(), seconds);
  });

  const put = (line, x) => {
    line.toggleAttribute("hidden", x === null);
    for (const end of ["x1", "x2"]) line.setAttribute(end, x ?? 0);
  };
  const follow = (event) => {
    const isPlayed = played !== null && played === files.get();
    const now = isPlayed ? momentAt(player.currentTime) : undefined;
    put(waveCursor, isPlayed ? within(player.currentTime / duration) * Number(wave.getAttribute("width")) : null);
    if (now) {
      const [begin, end] = spanOf(now);
      const place = now.querySelector(".moment");
      const share = (player.currentTime - begin) / (end - begin);
      put(cursor, Number(place.getAttribute("x")) + share * Number(place.getAttribute("width")));
    } else {
      put(cursor, null);
    }
    if (isPlayed && !player.paused) tell(now);
    button.textContent = button.dataset[isPlayed && !player.paused ? "pause" : isPlayed && isHalted() ? "resume" : "play"];
    if (isPlayed && event.type === "error") {
      // The server hears more kinds of files than a browser does.
      write(button.dataset.unplayable);
      say(button.dataset.unplayable);
    }
  };
  looks.add({ root, follow, welcome });
  button.addEventListener("click", () => {
    const file = files.get();
    if (played === file && !player.paused) player.pause();
    else if (played === file && isHalted()) resume();
    else play(file, 0);
  });
  again.querySelector("input").addEventListener("change", async (event) => {
    const [file] = event.target.files;
    if (!file) return;
    if (await isOther(file, root.querySelector(".look-closer").dataset.digest)) {
      write(again.dataset.other);
      say(again.dataset.other);
      return;
    }
    files.set(file);
    welcome();
    button.focus();
  });
  readout.hidden = false;
  invite();
  welcome();
};

// All looks of a channel, each fetched when it is opened; `filesOf` has the browser's file of a message.
export const answerLooks = (messages, filesOf) => {
  messages.addEventListener(
    "toggle",
    async (event) => {
      const look = event.target;
      if (!look.matches(".look[data-look]") || !look.open || look.dataset.loaded) return;
      look.dataset.loaded = "1";
      look.ariaBusy = "true";
      const response = await part(look.dataset.look).catch(() => null);
      look.ariaBusy = null;
      if (!response?.ok) {
        // It may work the next time, and the link to the page is still there.
        delete look.dataset.loaded;
        look.querySelector(".trouble").textContent = (await response?.text()) || look.dataset.failed;
        return;
      }
      const holder = document.createElement("div");
      holder.innerHTML = await response.text();
      look.querySelector(".trouble").remove();
      look.querySelector("p").replaceWith(holder);
      answerLook(holder, filesOf(look.closest(".message").dataset.message));
    },
    true,
  );
};

// On a page of its own, there is no file until it is chosen.
document.querySelectorAll("main > .look-page").forEach((root) => {
  let chosen = null;
  answerLook(root, { get: () => chosen, set: (file) => (chosen = file) });
});
