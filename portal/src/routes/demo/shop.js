// A token lives for 15 minutes: the shop's page asks its own server for a new one before that.
const refresh = async () => {
  const answer = await fetch("/token");
  if (!answer.ok) return;
  const token = await answer.text();
  for (const element of document.querySelectorAll("[token]")) element.setAttribute("token", token);
};
setInterval(refresh, 12 * 60 * 1000);
document.addEventListener("saldo-error", (event) => {
  if (event.detail === "token_expired" || event.detail?.code === "token_expired") refresh();
});
