// Counts texts by X's own library and by Node's Intl.Segmenter and emoji properties.
// Reads a JSON array of strings, writes a JSON array of {weighted, graphemes, emoji}.
import { readFileSync } from "node:fs";
import twitter from "twitter-text";

const segmenter = new Intl.Segmenter("id", { granularity: "grapheme" });

const judge = (text) => ({
  weighted: twitter.parseTweet(text).weightedLength,
  graphemes: [...segmenter.segment(text)].length,
  emoji: [...text.matchAll(/\p{RGI_Emoji}/gv)].map((match) => match[0]),
});

const texts = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(texts.map(judge)));
