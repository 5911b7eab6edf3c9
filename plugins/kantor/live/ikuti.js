"use strict";

// Follows the page that it stands in: loads it again when a build changed it, and shows why one failed.
// Only the development server puts this into pages.

{
  const { etag } = document.currentScript.dataset;

  const notice = document.createElement("pre");
  notice.setAttribute("role", "alert");
  notice.hidden = true;
  Object.assign(notice.style, {
    position: "fixed",
    inset: "auto 0 0 0",
    zIndex: "2147483647",
    maxHeight: "60vh",
    overflow: "auto",
    margin: "0",
    padding: "1rem",
    whiteSpace: "pre-wrap",
    font: "1rem/1.5 monospace",
    color: "#fff",
    background: "#7a1f1f",
  });
  document.body.append(notice);

  new EventSource("/_langsung/perubahan").addEventListener("built", async (event) => {
    const { failure } = JSON.parse(event.data);
    notice.textContent = failure;
    notice.hidden = !failure;
    const page = await fetch(location.pathname, { method: "HEAD", cache: "no-store" }).catch(() => null);
    if (page && (page.headers.get("ETag") ?? "") !== etag) {
      location.reload();
    }
  });
}
