// Mongoose: populate, lean, virtuals for the other side; what populate cannot say is written with its queries.
import mongoose from 'mongoose';
import { oid } from '../data.mjs';

const { Schema } = mongoose, ref = (name) => ({ type: Schema.Types.ObjectId, ref: name });
const schema = (fields, virtuals = {}) => new Schema(fields, { versionKey: false, virtuals: Object.fromEntries(Object.entries(virtuals).map(([k, options]) => [k, { options }])) });
const first = ({ _id, ...rest }) => ({ id: _id, ...rest });
const post = ({ tags, ...p }) => first(p);

export const peer = { name: 'mongoose, populate', async setup({ url, database }) {
  const m = this.m = await mongoose.createConnection(url, { dbName: database, autoIndex: false, autoCreate: false }).asPromise();
  const User = m.model('User', schema({ name: String, email: String }, {
    profile: { ref: 'Profile', localField: '_id', foreignField: 'user_id', justOne: true }, posts: { ref: 'Post', localField: '_id', foreignField: 'user_id' },
    links: { ref: 'Link', localField: '_id', foreignField: 'user_id' }, post_count: { ref: 'Post', localField: '_id', foreignField: 'user_id', count: true },
  }), 'users');
  const Profile = m.model('Profile', schema({ user_id: ref('User'), bio: String }), 'profiles');
  const Post = m.model('Post', schema({ user_id: ref('User'), title: String, body: String, tags: [ref('Tag')] }, { comments: { ref: 'Comment', localField: '_id', foreignField: 'post_id' } }), 'posts');
  const Comment = m.model('Comment', schema({ post_id: ref('Post'), author_id: ref('User'), body: String }), 'comments');
  const Group = m.model('Group', schema({ name: String }, { links: { ref: 'Link', localField: '_id', foreignField: 'group_id' } }), 'groups');
  const Link = m.model('Link', schema({ group_id: ref('Group'), user_id: ref('User'), joined_at: String, role: String }), 'user_groups');
  const Tag = m.model('Tag', schema({ name: String }), 'tags');
  const page = (model, { after, limit }) => model.find({ _id: { $gt: oid(after) } }).sort({ _id: 1 }).limit(limit).lean();
  const select = '-tags', R2 = (p) => page(User, p).populate({ path: 'posts', select });
  Object.assign(this, {
    R1: ({ id }) => User.findById(oid(id)).populate('profile').lean(),
    R2, R8: R2,
    R3: (p) => page(User, p).populate({ path: 'posts', select, populate: { path: 'comments', populate: 'author_id' } }),
    R4: (p) => page(User, p).populate({ path: 'links', populate: 'group_id' }),
    R5: (p) => page(Group, p).populate({ path: 'links', populate: { path: 'user_id', populate: 'profile' } }),
    R6: (p) => page(User, p).populate({ path: 'posts', select, perDocumentLimit: 3, options: { sort: { _id: -1 } } }),
    R7: async ({ tag, limit }) => {
      const { _id } = await Tag.findOne({ name: tag }).lean();
      const authors = await Post.distinct('user_id', { tags: _id });
      return User.find({ _id: { $in: authors } }).sort({ _id: 1 }).limit(limit).populate('post_count').lean();
    },
    W1: ({ name, email, bio, posts }) => m.transaction(async (session) => {
      const [{ _id: user_id }] = await User.create([{ name, email }], { session });
      await Profile.create([{ user_id, bio }], { session });
      await Post.insertMany(posts.map((p) => ({ ...p, user_id })), { session });
    }),
    W2link: ({ group, links }) => m.transaction((session) => Link.insertMany(links.map(({ user, ...l }) => ({ group_id: oid(group), user_id: oid(user), ...l })), { session })),
    W2unlink: ({ group, links }) => m.transaction((session) => Link.deleteMany({ group_id: oid(group), user_id: { $in: links.map(({ user }) => oid(user)) } }, { session })),
    W3: ({ id }) => m.transaction(async (session) => {
      const user_id = oid(id), posts = await Post.find({ user_id }, { _id: 1 }, { session }).lean();
      await Comment.deleteMany({ $or: [{ author_id: user_id }, { post_id: { $in: posts.map((p) => p._id) } }] }, { session });
      await Post.deleteMany({ user_id }, { session });
      await Profile.deleteMany({ user_id }, { session });
      await Link.deleteMany({ user_id }, { session });
      await User.deleteOne({ _id: user_id }, { session });
    }),
  });
}, shape: {
  R1: (u) => ({ ...first(u), profile: first(u.profile) }),
  R2: (us) => us.map((u) => ({ ...first(u), posts: u.posts.map(post) })),
  R3: (us) => us.map((u) => ({ ...first(u), posts: u.posts.map((p) => ({ ...post(p), comments: p.comments.map(({ author_id, ...c }) => ({ ...first(c), author_id: author_id._id, author: first(author_id) })) })) })),
  R4: (us) => us.map(({ links, ...u }) => ({ ...first(u), groups: links.map(({ group_id, joined_at, role }) => ({ ...first(group_id), joined_at, role })) })),
  R5: (gs) => gs.map(({ links, ...g }) => ({ ...first(g), members: links.map(({ user_id }) => ({ ...first(user_id), profile: first(user_id.profile) })) })),
  R7: (us) => us.map(first),
}, close() { return this.m.close(); } };
peer.shape.R6 = peer.shape.R8 = peer.shape.R2;
