/** Texts of the script, in the language of the page. */

const english = document.documentElement.lang.startsWith("en");

export function say(zh: string, en: string): string {
  return english ? en : zh;
}
