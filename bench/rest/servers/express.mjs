import express from 'express';

/** An Express application over what an ORM answers. */
export const served = (listOf, userOf) => new Promise((resolve) => {
  const app = express();
  app.get('/post', async (request, response) => response.json(await listOf(Number(request.query.after))));
  app.get('/user/:id', async (request, response) => {
    const found = await userOf(Number(request.params.id));
    if (found) response.json(found);
    else response.sendStatus(404);
  });
  const server = app.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${server.address().port}`));
});

export const paths = { list: (after) => `/post?after=${after}`, one: (at) => `/user/${at}` };
