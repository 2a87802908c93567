// What the pages of each site use of each library; the rest is left out of the bundles.

const LIT = `
  export { html, nothing, render, svg } from 'lit-html';
  export { live } from 'lit-html/directives/live.js';
  export { ref } from 'lit-html/directives/ref.js';
  export { repeat } from 'lit-html/directives/repeat.js';`;

// Not a package but the project's own, bundled alike: each site is deployed by itself.
const SEARCH = `export { gazetteerOf, indexOf, search, TIERS, withPage } from '../../web-shared/search/search.js';`;

const APP = `export { initializeApp } from 'firebase/app';`;

const RESIDENTS_AUTH = `
  export {
    browserLocalPersistence, connectAuthEmulator, deleteUser, indexedDBLocalPersistence, initializeAuth,
    onAuthStateChanged, onIdTokenChanged, signInAnonymously, signOut,
  } from 'firebase/auth';`;

const RESIDENTS_FIRESTORE = `
  export {
    clearIndexedDbPersistence, collection, connectFirestoreEmulator, deleteDoc, doc, GeoPoint, getDoc, getDocFromServer,
    getDocs, getDocsFromServer, getFirestore, initializeFirestore, limit, memoryLocalCache, onSnapshot, orderBy,
    persistentLocalCache, persistentMultipleTabManager, query, serverTimestamp, setDoc, terminate, Timestamp,
    waitForPendingWrites, where, writeBatch,
  } from 'firebase/firestore';`;

const QR = `export { encode } from 'uqr';`;
// Fetched by the pages of a deployment alone that has App Check switched on.
const APP_CHECK = `export { startAppCheck } from '../../web-shared/app_check/start.js';`;

export const ADMIN = {
  'lit-html': LIT,
  'app-check': APP_CHECK,
  search: SEARCH,
  qr: QR,
  firebase: `
    ${APP}
    export {
      browserLocalPersistence, connectAuthEmulator, getMultiFactorResolver, indexedDBLocalPersistence,
      initializeAuth, inMemoryPersistence, multiFactor, onAuthStateChanged, signInWithEmailAndPassword, signOut,
      TotpMultiFactorGenerator,
    } from 'firebase/auth';`,
  ol: `
    export { default as Kinetic } from 'ol/Kinetic.js';
    export { default as Map } from 'ol/Map.js';
    export { default as View } from 'ol/View.js';
    export { boundingExtent, getCenter } from 'ol/extent.js';
    export { default as Feature } from 'ol/Feature.js';
    export { default as GeoJSON } from 'ol/format/GeoJSON.js';
    export { default as MultiPoint } from 'ol/geom/MultiPoint.js';
    export { default as Polygon, circular } from 'ol/geom/Polygon.js';
    export { default as VectorLayer } from 'ol/layer/Vector.js';
    export { default as VectorSource } from 'ol/source/Vector.js';
    export { default as ScaleLine } from 'ol/control/ScaleLine.js';
    export { defaults as defaultControls } from 'ol/control/defaults.js';
    export { default as DragPan } from 'ol/interaction/DragPan.js';
    export { default as Draw } from 'ol/interaction/Draw.js';
    export { default as Modify } from 'ol/interaction/Modify.js';
    export { default as MouseWheelZoom } from 'ol/interaction/MouseWheelZoom.js';
    export { default as Snap } from 'ol/interaction/Snap.js';
    export { defaults as defaultInteractions } from 'ol/interaction/defaults.js';
    export { all, focusWithTabindex, never, noModifierKeys, primaryAction } from 'ol/events/condition.js';
    export { fromLonLat, toLonLat } from 'ol/proj.js';
    export { getArea, getDistance } from 'ol/sphere.js';
    export { Circle, Fill, Stroke, Style, Text } from 'ol/style.js';`,
};

// firebase.js is auth.js and firestore.js together: a module that needs one of them loads no more than that one.
// messaging-sw.js is for the service worker; a page that shows notifications' settings takes messaging.js.
export const RESIDENTS = {
  'lit-html': LIT,
  'app-check': APP_CHECK,
  search: SEARCH,
  firebase: `${APP} ${RESIDENTS_AUTH} ${RESIDENTS_FIRESTORE}`,
  auth: `${APP} ${RESIDENTS_AUTH}`,
  firestore: `${APP} ${RESIDENTS_FIRESTORE}`,
  messaging: `
    ${APP}
    export { deleteToken, getMessaging, getToken, isSupported, onMessage } from 'firebase/messaging';`,
  'messaging-sw': `
    ${APP}
    export { getMessaging, isSupported, onBackgroundMessage } from 'firebase/messaging/sw';`,
  ol: `
    export { default as Map } from 'ol/Map.js';
    export { default as View } from 'ol/View.js';
    export { default as Feature } from 'ol/Feature.js';
    export { default as GeoJSON } from 'ol/format/GeoJSON.js';
    export { default as CircleGeometry } from 'ol/geom/Circle.js';
    export { default as MultiPoint } from 'ol/geom/MultiPoint.js';
    export { default as Point } from 'ol/geom/Point.js';
    export { default as Polygon, circular } from 'ol/geom/Polygon.js';
    export { default as VectorLayer } from 'ol/layer/Vector.js';
    export { default as VectorSource } from 'ol/source/Vector.js';
    export { default as ScaleLine } from 'ol/control/ScaleLine.js';
    export { defaults as defaultControls } from 'ol/control/defaults.js';
    export { default as DragPan } from 'ol/interaction/DragPan.js';
    export { default as MouseWheelZoom } from 'ol/interaction/MouseWheelZoom.js';
    export { default as Translate } from 'ol/interaction/Translate.js';
    export { defaults as defaultInteractions } from 'ol/interaction/defaults.js';
    export { boundingExtent, getCenter } from 'ol/extent.js';
    export { focusWithTabindex, platformModifierKeyOnly, primaryAction } from 'ol/events/condition.js';
    export { fromLonLat, toLonLat } from 'ol/proj.js';
    export { getDistance } from 'ol/sphere.js';
    export { Circle, Fill, Stroke, Style, Text } from 'ol/style.js';`,
  h3: `export { cellToBoundary, cellToLatLng, getResolution, isValidCell, latLngToCell } from 'h3-js';`,
  qr: QR,
  'noble-ed25519': `export { verifyAsync } from '@noble/ed25519';`,
};

// Of govuk-frontend, in its own order; what a page draws without it tests/unit/test_page_styles.py finds.
const COMMON = ['custom-properties', 'core/links', 'core/lists', 'core/typography', 'objects/form-group'];
const components = (...names) => names.map((name) => `components/${name}`);

export const ADMIN_STYLES = [
  ...COMMON,
  'objects/button-group', 'objects/main-wrapper', 'objects/template', 'objects/width-container',
  ...components('back-link', 'button', 'checkboxes', 'details', 'error-message', 'error-summary', 'fieldset', 'file-upload', 'hint', 'input',
    'inset-text', 'label', 'radios', 'select', 'skip-link', 'summary-list', 'table', 'tag', 'textarea'),
  'utilities/visually-hidden',
];

export const RESIDENTS_STYLES = [
  ...COMMON,
  'objects/template',
  ...components('back-link', 'button', 'checkboxes', 'details', 'error-message', 'fieldset', 'hint', 'input', 'inset-text', 'label', 'radios',
    'select', 'skip-link', 'tag'),
  'utilities/visually-hidden',
];
