import { jsonText } from "../../output/json_text.ts";
import type { Render } from "./formats.ts";
import { listingData } from "./listing_data.ts";

export const render: Render = async (input) => jsonText(await listingData(input));
