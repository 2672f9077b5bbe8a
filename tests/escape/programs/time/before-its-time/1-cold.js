// Makes the next steps likely to get an interpreter that was started ahead.
// expect: stopped

console.log('stopped');
