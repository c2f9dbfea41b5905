"use client";

import { PageFailure } from "#components/layout/page-failure.tsx";
import "./globals.css";

/** The whole document threw an error. Next's own version has an inline style that the security policy refuses. */
export default function DocumentError({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="en">
      <body>
        <PageFailure digest={error.digest} />
      </body>
    </html>
  );
}
