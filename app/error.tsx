"use client";

import { PageFailure } from "#components/layout/page-failure.tsx";

/** A page that threw an error. */
export default function PageError({ error }: { error: Error & { digest?: string } }) {
  return <PageFailure digest={error.digest} />;
}
