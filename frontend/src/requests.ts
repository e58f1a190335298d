/** htmx under the strict policy (nothing evaluated, no style injected), and what a failed request says. */
import htmx from "htmx.org";

import { toast } from "./toast";
import { say } from "./words";

htmx.config.allowEval = false;
htmx.config.allowScriptTags = false;
htmx.config.includeIndicatorStyles = false;
// Pages hold figures of people: none is left behind in the browser's storage.
htmx.config.historyCacheSize = 0;
htmx.config.refreshOnHistoryMiss = true;

interface Answered extends CustomEvent {
  detail: { xhr: XMLHttpRequest; shouldSwap: boolean };
}

document.addEventListener("htmx:beforeSwap", (event) => {
  const { detail } = event as Answered;
  const signIn = document.querySelector<HTMLMetaElement>("meta[name=sign-in]")?.content;
  if (signIn && detail.xhr.responseURL && new URL(detail.xhr.responseURL).pathname === signIn) {
    detail.shouldSwap = false;
    location.reload(); // signed out meanwhile: the page itself leads to the sign-in and back
  }
});

document.addEventListener("htmx:responseError", (event) => {
  const { status } = (event as Answered).detail.xhr;
  toast(
    status === 403
      ? say("没有执行这一操作的权限，或登录已过期。请刷新页面后再试。", "You may not do this, or your session has ended. Reload the page and try again.")
      : status === 404
        ? say("找不到这一内容，可能已被改动。请刷新页面。", "This is no longer there. Reload the page.")
        : say(`操作没有完成（${status}）。已填写的内容仍在页面上，请稍后再试。`, `That did not work (${status}). What you typed is still on the page; try again later.`),
    "bad",
  );
});

document.addEventListener("htmx:sendError", () => {
  toast(say("网络不通，操作没有完成。恢复后请再试。", "No connection; nothing was done. Try again when it is back."), "bad");
});
