import { Fragment } from "react";
import { ListLink } from "#components/ui/list-link.tsx";
import { partsOfSentence } from "#lib/shared/events/event-words.ts";

export interface SentenceProps {
  text: string;
  /** Addresses by name. */
  links: ReadonlyMap<string, string>;
}

/** A sentence with its names as links; a name of something that is gone is only a name. */
export function Sentence({ text, links }: SentenceProps) {
  return partsOfSentence(text).map((part, index) => {
    const key = index;
    if (!part.isName) return <Fragment key={key}>{part.text}</Fragment>;
    const address = links.get(part.text);
    return address === undefined ? (
      <bdi key={key} className="font-medium text-ink">
        {part.text}
      </bdi>
    ) : (
      <ListLink key={key} href={address} className="link font-medium">
        <bdi>{part.text}</bdi>
      </ListLink>
    );
  });
}

/** The sentence alone, for labels. */
export function plainSentence(text: string): string {
  return partsOfSentence(text)
    .map((part) => part.text)
    .join("");
}
