// A playlist: filters that say nothing stay out of the address, and the link to a published one is copied.
import "./pictures.js";

document.querySelector(".filters")?.addEventListener("formdata", (event) => {
  for (const [name, value] of [...event.formData]) if (!value) event.formData.delete(name);
});

const copy = document.querySelector("#copy");
// Browsers let a page copy only where the connection is safe.
if (copy && navigator.clipboard) {
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.querySelector("#link").value);
    copy.textContent = copy.dataset.copied;
  });
}
