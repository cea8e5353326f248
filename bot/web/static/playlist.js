// Pictures of a playlist, each fetched when it is opened; pointing at a part names it below.
const FRAGMENT = { Fragment: "1" };

const nameParts = (root) => {
  const readout = document.createElement("p");
  readout.className = "readout";
  readout.setAttribute("aria-hidden", "true");
  root.querySelector("svg")?.after(readout);
  const name = (event) => {
    const part = event.target.closest("svg a, svg g:has(> title)");
    if (part) readout.textContent = part.querySelector("title").textContent;
  };
  // Here, and not at each part: the keyboard would stop at all that listens to it.
  root.addEventListener("pointerover", name);
  root.addEventListener("focusin", name);
};

document.addEventListener(
  "toggle",
  async (event) => {
    const pictured = event.target;
    if (!pictured.matches(".pictured[data-fragment]") || !pictured.open || pictured.dataset.loaded) return;
    pictured.dataset.loaded = "1";
    pictured.setAttribute("aria-busy", "true");
    const response = await fetch(pictured.dataset.fragment, { headers: FRAGMENT }).catch(() => null);
    pictured.removeAttribute("aria-busy");
    const holder = document.createElement("div");
    if (response?.ok) {
      holder.innerHTML = await response.text();
    } else {
      // It may work the next time, and the words say when.
      delete pictured.dataset.loaded;
      holder.textContent = (await response?.text()) ?? "";
    }
    pictured.querySelector(".shown")?.remove();
    holder.className = "shown";
    pictured.append(holder);
    nameParts(holder);
  },
  true,
);
