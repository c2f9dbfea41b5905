/**
 * Signs in as a browser's form does and answers the Cookie header of the new session. Rejects with the server's
 * code (`wrong_credentials`, `code_needed`, `slow_down:12`) when it refuses.
 */
export async function signInOver(
  url: string,
  name: string,
  password: string,
  code?: string,
): Promise<string> {
  return cookiesOf(await signInAnswer(url, name, password, code));
}

/** As `signInOver`, but answers the whole answer of a sign-in that worked. */
export async function signInAnswer(
  url: string,
  name: string,
  password: string,
  code?: string,
): Promise<Response> {
  const csrf = await fetch(`${url}/api/auth/csrf`);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const answer = await fetch(`${url}/api/auth/callback/credentials`, {
    method: "POST",
    redirect: "manual",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      cookie: cookiesOf(csrf),
      origin: url,
    },
    body: new URLSearchParams({
      csrfToken,
      name,
      password,
      json: "true",
      ...(code !== undefined && { code }),
    }),
  });
  const { url: next } = (await answer.clone().json()) as { url: string };
  const error = new URL(next, url).searchParams.get("error");
  if (error !== null) throw new Error(error);
  return answer;
}

function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}
