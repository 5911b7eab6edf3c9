// Shows the "copy link" button where the browser can copy, and copies when asked.
for (const button of document.querySelectorAll("button.salin")) {
  if (!navigator.clipboard) break;
  const label = button.textContent;
  button.hidden = false;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.alamat);
    button.textContent = button.dataset.tersalin;
    setTimeout(() => { button.textContent = label; }, 2000);
  });
}
