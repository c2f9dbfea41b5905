import { type PointerEvent, type RefObject, useEffect, useState } from "react";

/** What `usePointedAt` knows and needs. */
export interface PointedAt {
  readonly isPointedAt: boolean;
  /** Until the pointer moves again. */
  readonly letGo: () => void;
  /** For the element itself. */
  readonly handlers: {
    readonly onPointerMove: (event: PointerEvent) => void;
    readonly onPointerLeave: () => void;
  };
}

/**
 * Whether a mouse rests on an element. It counts by its moves: rows that slide under a pointer at rest are not
 * pointed at. One that came before the page was alive has made its moves already, and is asked about once.
 */
export function usePointedAt(element: RefObject<Element | null>): PointedAt {
  const [isPointedAt, setPointedAt] = useState(false);
  useEffect(() => {
    // A finger that was lifted leaves its hover behind.
    if (matchMedia("(hover: hover)").matches && element.current?.matches(":hover")) setPointedAt(true);
  }, [element]);
  const [letGo] = useState(() => () => setPointedAt(false));
  return {
    isPointedAt,
    letGo,
    handlers: {
      onPointerMove: ({ pointerType }) => pointerType === "mouse" && setPointedAt(true),
      onPointerLeave: letGo,
    },
  };
}
