// How the bot tells what works, and asks people to do something.
'use strict';

const features = [];
const problems = [];

exports.PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64');
exports.problems = problems;

exports.feature = (name, run) => features.push({ name, run });
exports.person = (action) => console.log('person', JSON.stringify(action));

exports.check = (holds, what) => {
  if (!holds) throw new Error(typeof what === 'string' ? what : JSON.stringify(what, (_, v) => (typeof v === 'bigint' ? String(v) : v)));
};

const within = (promise, seconds) =>
  Promise.race([promise, new Promise((_, reject) => setTimeout(() => reject(new Error('too slow')), seconds * 1000).unref())]);

exports.run = async () => {
  for (const { name, run } of features) {
    console.log('feature', name);
    problems.length = 0;
    try {
      await within(run(), 20);
      console.log(problems.length ? `wrong ${problems[0]}` : 'ok');
    } catch (error) {
      const line = /bot\.js:(\d+)|interactions\.js:(\d+)/.exec(error.stack || '') || [];
      console.log(`wrong line ${line[1] || line[2]}: ${String(error).replace(/\s+/g, ' ').slice(0, 300)} ${problems[0] || ''}`);
    }
  }
};
