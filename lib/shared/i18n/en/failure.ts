/** What is said when a page failed. It must not need anything else. */
export const failure = {
  "failure.title": "This page failed",
  "failure.lead":
    "Something went wrong inside Shoal while making it. Nothing was changed in the cluster; the server's log has the details.",
  "failure.digest": "In the log it is marked {digest}.",

  "failure.retry": "Try again",
} as const;
