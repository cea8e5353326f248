// What happens, for those who do not see it.
const MOST_LINES = 20;

const log = document.querySelector("#status");

export const say = (text) => {
  const line = document.createElement("p");
  line.textContent = text;
  log.append(line);
  while (log.children.length > MOST_LINES) log.firstElementChild.remove();
};
