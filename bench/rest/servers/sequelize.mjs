import { DataTypes, Op, Sequelize } from 'sequelize';
import sqlite3 from 'sqlite3';
import { PRAGMAS } from '../../lib/db.mjs';
import { paths, served } from './express.mjs';

class Database extends sqlite3.Database {
  constructor(...args) { super(...args); this.exec(PRAGMAS.map((p) => `pragma ${p};`).join('')); }
}

export default {
  ...paths,
  async start(file) {
    const sequelize = new Sequelize({ dialect: 'sqlite', storage: file, dialectModule: { ...sqlite3, Database }, logging: false, define: { timestamps: false } });
    const id = () => ({ type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true });
    const text = () => ({ type: DataTypes.TEXT, allowNull: false });
    const User = sequelize.define('User', { id: id(), name: text(), email: text() }, { tableName: 'users' });
    const Post = sequelize.define('Post', { id: id(), title: text(), body: text(), user_id: DataTypes.INTEGER }, { tableName: 'posts' });
    const Tag = sequelize.define('Tag', { id: id(), name: text() }, { tableName: 'tags' });
    Post.belongsTo(User, { as: 'user', foreignKey: 'user_id' });
    const PostTag = sequelize.define('PostTag', { post_id: { type: DataTypes.INTEGER, primaryKey: true }, tag_id: { type: DataTypes.INTEGER, primaryKey: true } }, { tableName: 'post_tags' });
    Post.hasMany(PostTag, { as: 'links', foreignKey: 'post_id' });
    PostTag.belongsTo(Tag, { as: 'tag', foreignKey: 'tag_id' });
    return served(
      // As belongsToMany its one statement takes seconds on SQLite; `separate` loads the links in one of their own.
      async (after) => {
        const posts = await Post.findAll({
          where: { id: { [Op.gt]: after } }, order: [['id', 'ASC']], limit: 20, attributes: { exclude: ['user_id'] },
          include: ['user', { model: PostTag, as: 'links', separate: true, order: [['tag_id', 'ASC']], include: 'tag' }],
        });
        return { docs: posts.map(({ id, title, body, user, links }) => ({ id, title, body, user, tags: links.map(({ tag }) => tag) })) };
      },
      (at) => User.findByPk(at),
    );
  },
};
