"use strict";

// Two things a preview does while it is open: copy a post's text, and follow the Markdown.

const say = (words) => {
  document.getElementById("said").textContent = words;
};

const copy = async (button) => {
  const text = document.getElementById(button.dataset.copies);
  try {
    await navigator.clipboard.writeText(text.textContent);
    button.textContent = "Tersalin";
    say("Teks tersalin.");
  } catch {
    // No permission, or no clipboard: leave the text selected for the keyboard.
    getSelection().selectAllChildren(text);
    button.textContent = "Tekan Ctrl+C";
    say("Teks terpilih. Tekan Ctrl+C untuk menyalin.");
  }
  setTimeout(() => {
    button.textContent = "Salin teks";
  }, 2500);
};

const follow = (etag) => {
  const failure = document.getElementById("failure");
  new EventSource("/changes").addEventListener("built", async (event) => {
    failure.textContent = JSON.parse(event.data).failure;
    failure.hidden = !failure.textContent;
    const head = await fetch(location.pathname, { method: "HEAD", cache: "no-store" }).catch(() => null);
    if (head && head.headers.get("ETag") !== `"${etag}"`) {
      location.reload();
    }
  });
};

for (const button of document.querySelectorAll("button[data-copies]")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
}

// Only the preview's own server sends this timing: opened as a file, the page just stands.
const [navigation] = performance.getEntriesByType("navigation");
const served = navigation?.serverTiming?.find((each) => each.name === "page");
if (served) {
  follow(served.description);
}
