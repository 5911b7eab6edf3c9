export default { layout: "article.njk", permalink: (data) => `artikel/${data.page.fileSlug}/index.html` };
