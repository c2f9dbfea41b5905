"use client";

import Link from "next/link";
import { type ComponentProps, useState } from "react";

/**
 * A link that stands among many: its page is fetched ahead when somebody points at it or comes to it with the keys, not
 * when it comes into sight. A map of 300 nodes would ask the server for 300 pages that nobody opens.
 */
export function ListLink({ onPointerEnter, onFocus, ...props }: ComponentProps<typeof Link>) {
  const [isMeant, setMeant] = useState(false);
  return (
    <Link
      {...props}
      prefetch={isMeant ? null : false}
      onPointerEnter={(event) => {
        setMeant(true);
        onPointerEnter?.(event);
      }}
      onFocus={(event) => {
        setMeant(true);
        onFocus?.(event);
      }}
    />
  );
}
