interface Counted {
    word: string;
    times: number;
}

function count(words: string[]): Counted[] {
    const counts: { [word: string]: number } = {};
    for (const word of words) counts[word] = (counts[word] || 0) + 1;
    return Object.keys(counts).sort().map((word) => ({ word, times: counts[word] }));
}

for (const { word, times } of count(["apples", "pears", "apples", "pears", "apples"])) console.log(`${word} ${times}`);
