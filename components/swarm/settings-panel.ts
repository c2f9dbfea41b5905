import type { SwarmSettings } from "#lib/shared/api/types.ts";

/** A panel that shows and changes a part of the swarm's settings. */
export interface SettingsPanelProps {
  settings: SwarmSettings;
  /** Reads the settings again. */
  onChanged: () => void;
}
