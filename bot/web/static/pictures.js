// Pictures of a playlist: pointing at a part names it above, a click opens it, and arrow keys lead across the map.
import { part } from "./server.js";

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const NEAR_PIXELS = 40;

const middleOf = (link) => {
  const box = link.getBoundingClientRect();
  return [box.left + box.width / 2, box.top + box.height / 2];
};

const nearest = (links, weigh) => {
  let [best, least] = [null, Infinity];
  for (const link of links) {
    const weight = weigh(...middleOf(link));
    if (weight < least) [best, least] = [link, weight];
  }
  return best;
};

// One stop for the keyboard, from which arrows lead to what lies that way: nobody wants to come by a thousand dots.
const leadByArrows = (figure, links) => {
  if (!links.length) return;
  const enter = (link) => {
    for (const one of links) one.setAttribute("tabindex", one === link ? "0" : "-1");
  };
  enter(links[0]);
  const linkAt = (event) => (links.includes(event.target) ? event.target : null);
  figure.addEventListener("focusin", (event) => linkAt(event) && enter(event.target));
  figure.addEventListener("keydown", (event) => {
    const from = linkAt(event);
    const way = ARROWS[event.key];
    if (!from || !(way || ["Home", "End"].includes(event.key))) return;
    event.preventDefault();
    const [x, y] = middleOf(from);
    const to = way
      ? nearest(links, (across, down) => {
          const [ahead, aside] = [(across - x) * way[0] + (down - y) * way[1], (across - x) * way[1] + (down - y) * way[0]];
          return ahead > 0 ? ahead + 2 * Math.abs(aside) : Infinity;
        })
      : links.at(event.key === "Home" ? 0 : -1);
    to?.focus();
  });
};

const answerPicture = (root) => {
  const figure = root.querySelector("figure:has(> svg)");
  if (!figure) return;
  const svg = figure.querySelector("svg");
  const links = [...svg.querySelectorAll("a")];
  const readout = document.createElement("p");
  readout.className = "readout";
  readout.setAttribute("aria-hidden", "true");
  svg.before(readout);
  const name = (event) => {
    const found = event.target.closest("svg a, svg g:has(> title)");
    if (found) readout.textContent = found.querySelector("title").textContent;
  };
  // Around the picture, and not in it: the keyboard would stop at all of a picture that listens to it.
  figure.addEventListener("pointerover", name);
  figure.addEventListener("focusin", name);
  let pointer = "mouse";
  svg.addEventListener("pointerdown", (event) => (pointer = event.pointerType));
  svg.addEventListener("click", (event) => {
    if (pointer !== "touch" || !event.detail) return;
    // A finger covers what it points at: it is named first, and opened by its name.
    event.preventDefault();
    const link =
      event.target.closest("a") ??
      nearest(links, (x, y) => {
        const distance = Math.hypot(x - event.clientX, y - event.clientY);
        return distance < NEAR_PIXELS ? distance : Infinity;
      });
    if (!link) return;
    const opening = document.createElement("a");
    opening.href = link.getAttribute("href");
    opening.tabIndex = -1;
    opening.textContent = link.querySelector("title").textContent;
    readout.replaceChildren(opening);
  });
  if (svg.matches(".playlist-map")) leadByArrows(figure, links);
};

document.addEventListener(
  "toggle",
  async (event) => {
    const pictured = event.target;
    if (!pictured.matches(".pictured[data-fragment]") || !pictured.open || pictured.dataset.loaded) return;
    pictured.dataset.loaded = "1";
    pictured.ariaBusy = "true";
    const response = await part(pictured.dataset.fragment).catch(() => null);
    pictured.ariaBusy = null;
    const holder = document.createElement("div");
    if (response?.ok) {
      holder.innerHTML = await response.text();
    } else {
      // It may work the next time, and the words say when.
      delete pictured.dataset.loaded;
      holder.setAttribute("role", "status");
      holder.textContent = (await response?.text()) || pictured.dataset.failed;
    }
    pictured.querySelector(".shown")?.remove();
    holder.className = "shown";
    pictured.append(holder);
    answerPicture(holder);
  },
  true,
);

// A picture on a page of its own.
const own = document.querySelector("main > .shown");
if (own) answerPicture(own);
