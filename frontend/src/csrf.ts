/** The token that every write must carry; it stands on <body> for htmx too. */

export function csrfToken(): string {
  const headers = document.body.getAttribute("hx-headers") ?? "{}";
  return (JSON.parse(headers) as Record<string, string>)["X-CSRFToken"] ?? "";
}
