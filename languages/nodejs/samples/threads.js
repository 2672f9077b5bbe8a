const { Worker, isMainThread, parentPort, workerData } = require("node:worker_threads");

function sum(first) {
  let total = 0;
  for (let number = first; number < first + 25; number++) total += number;
  return total;
}

function inThread(first) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(__filename, { workerData: first });
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}

if (isMainThread) {
  Promise.all([1, 26, 51, 76].map(inThread)).then((parts) => {
    console.log(parts.reduce((total, part) => total + part));
  });
} else {
  parentPort.postMessage(sum(workerData));
}
