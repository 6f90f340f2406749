import { type Candidate, measure } from "./measure.ts";
import { milliseconds, type Row } from "./row.ts";

const AT_MOST = 11;

interface Growth {
  /** Of what there is ten times as much. */
  readonly work: string;
  readonly candidates: Readonly<Record<"none" | "few" | "many", Candidate>>;
  readonly runs: number;
}

/** How much more time ten times as much takes, above what a run costs with none. */
export async function growthRow({ work, candidates, runs }: Growth): Promise<Row> {
  const times = await measure({ runs, candidates });
  const [few, many] = [times.few - times.none, times.many - times.none];
  // Work that takes no time above the start is measured against one millisecond of it.
  const ratio = many / Math.max(few, 1);
  return {
    work: `${work}, above the start of ${milliseconds(times.none)}`,
    ours: milliseconds(many),
    peer: milliseconds(few),
    ratio: ratio.toFixed(2),
    target: `<= ${AT_MOST}`,
    ok: ratio <= AT_MOST,
  };
}
