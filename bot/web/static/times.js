// Times as they are where the reader is, in Discord's styles.
const DAY_AND_TIME = { dateStyle: "long", timeStyle: "short" };
const STYLES = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: { dateStyle: "short" },
  D: { dateStyle: "long" },
  F: { dateStyle: "full", timeStyle: "short" },
};

export const tellLocalTimes = (root) => {
  for (const time of root.querySelectorAll("time[datetime]")) {
    time.textContent = new Intl.DateTimeFormat([], STYLES[time.dataset.style] ?? DAY_AND_TIME).format(new Date(time.dateTime));
  }
};

tellLocalTimes(document);
