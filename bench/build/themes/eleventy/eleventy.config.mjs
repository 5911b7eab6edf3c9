// The same pages as the other generators': articles, and lists of ten of all, of a category, of a tag.

const TEN = 10;
const newestFirst = (a, b) => b.date - a.date;
const slug = (name) => name.toLowerCase().replace(/[^a-z0-9]+/g, "-");

const lists = (api, field, folder) => {
  const shelves = new Map();
  for (const article of api.getFilteredByGlob("artikel/*.md").sort(newestFirst)) {
    for (const name of [article.data[field]].flat()) {
      if (!shelves.has(name)) shelves.set(name, []);
      shelves.get(name).push(article);
    }
  }
  return [...shelves].flatMap(([name, articles]) => {
    const total = Math.ceil(articles.length / TEN);
    const home = `${folder}/${slug(name)}/`;
    const url = (number) => (number === 1 ? home : `${home}halaman/${number}/`);
    return Array.from({ length: total }, (_, index) => ({
      name,
      number: index + 1,
      total,
      url: url(index + 1),
      previous: index ? url(index) : "",
      next: index + 1 < total ? url(index + 2) : "",
      articles: articles.slice(index * TEN, (index + 1) * TEN),
    }));
  });
};

export default (config) => {
  config.addCollection("newest", (api) => api.getFilteredByGlob("artikel/*.md").sort(newestFirst));
  config.addCollection("categories", (api) => lists(api, "kategori", "kategori"));
  config.addCollection("labels", (api) => lists(api, "label", "tag"));
  config.addFilter("slug_of", slug);
  config.addFilter("day", (date) => date.toISOString().slice(0, 10).split("-").reverse().join("."));
  config.addFilter("iso", (date) => date.toISOString());
  config.addPassthroughCopy("images");
  return { dir: { input: ".", output: "output", includes: "_includes" }, markdownTemplateEngine: false };
};
