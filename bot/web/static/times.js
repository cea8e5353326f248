// Times as they are where the reader is, in Discord's styles; those of today's answers have none, and are short.
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
    const moment = new Date(time.dateTime);
    // Strangers may have written it.
    if (Number.isNaN(moment.getTime())) continue;
    const style = STYLES[time.dataset.style ?? "t"] ?? DAY_AND_TIME;
    time.textContent = new Intl.DateTimeFormat([], style).format(moment);
  }
};

tellLocalTimes(document);
