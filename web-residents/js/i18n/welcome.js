export default {
  pl: {},
  en: {},
  uk: {},
};
