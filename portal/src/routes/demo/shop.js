// A token lives for 15 minutes: the elements ask for a new one when it has ended, and the shop's own server makes it.
const refresh = async () => {
  const answer = await fetch("/token");
  return answer.ok ? answer.text() : undefined;
};
for (const element of document.querySelectorAll("[token]")) element.refresh = refresh;
