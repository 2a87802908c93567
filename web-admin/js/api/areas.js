// The register's names and the municipality's own areas, as the staff API has them.

import { request } from './request.js';

const listed = (body) => (Array.isArray(body?.items) ? body.items : []);

/** The search document of the municipality; the browser keeps it and asks whether it still holds. */
export const searchDocument = async () => (await request('GET', '/areas/search', { cache: 'no-cache' })).body;

/** Areas that the municipality saved: `{id, name}` and more. @returns {Promise<any[]>} */
export const savedAreas = async () => listed((await request('GET', '/areas/saved')).body);

/** Those of the latest alerts. @returns {Promise<any[]>} */
export const recentAreas = async () => listed((await request('GET', '/areas/recent')).body);

/** @param {string} name @param {object[]} parts */
export const saveArea = async (name, parts) => (await request('POST', '/areas/saved', { body: { name, parts } })).body;
