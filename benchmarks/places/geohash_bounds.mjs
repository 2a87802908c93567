// geofire-common's answers, so that the benchmark compares with the library and not with our idea of it.
// stdin: {"circles": [[lat, lng, metres]], "places": [[lat, lng]]}; stdout: {"bounds": [[[start, end]]], "hashes": [..]}

import fs from 'node:fs';

import {geohashForLocation, geohashQueryBounds} from 'geofire-common';

const {circles, places} = JSON.parse(fs.readFileSync(0));
const bounds = circles.map(([lat, lng, metres]) => geohashQueryBounds([lat, lng], metres));
console.log(JSON.stringify({bounds, hashes: places.map(place => geohashForLocation(place))}));
