/** Answers while the server serves, whatever the state of its engines. Needs no sign-in and says nothing secret. */
export function GET(): Response {
  return Response.json({ status: "ok" }, { headers: { "cache-control": "no-store" } });
}
