import { jsonText, needsEscapes } from "../../output/json_text.ts";
import type { Render } from "./formats.ts";
import { listingData } from "./listing_data.ts";

/** JSON is YAML too, and can say what a terminal must not be sent. */
export const render: Render = async (input) => {
  const data = await listingData(input);
  const { dump } = await import("js-yaml");
  const text = dump(data, { lineWidth: -1, noRefs: true });
  return needsEscapes(text) ? jsonText(data) : text;
};
