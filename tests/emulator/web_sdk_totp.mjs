// The staff page's sign-in with the real Web SDK; each step is asked for by one line of JSON on standard input.
import { createInterface } from 'node:readline';
import { initializeApp } from 'firebase/app';
import {
  TotpMultiFactorGenerator,
  connectAuthEmulator,
  getAuth,
  getMultiFactorResolver,
  multiFactor,
  signInWithEmailAndPassword,
  signOut,
} from 'firebase/auth';

const [host, email, password] = process.argv.slice(2);
const auth = getAuth(initializeApp({ projectId: 'demo-alert-online', apiKey: 'local' }));
connectAuthEmulator(auth, `http://${host}`, { disableWarnings: true });
let secret;
let resolver;

const steps = {
  async start() {
    const { user } = await signInWithEmailAndPassword(auth, email, password);
    secret = await TotpMultiFactorGenerator.generateSecret(await multiFactor(user).getSession());
    return { secret: secret.secretKey, digits: secret.codeLength, period: secret.codeIntervalSeconds };
  },
  async enrol({ code }) {
    const assertion = TotpMultiFactorGenerator.assertionForEnrollment(secret, code);
    await multiFactor(auth.currentUser).enroll(assertion, 'phone');
    const factors = multiFactor(auth.currentUser).enrolledFactors.map((factor) => factor.factorId);
    await signOut(auth);
    return { factors };
  },
  async signIn() {
    const error = await signInWithEmailAndPassword(auth, email, password).catch((raised) => raised);
    resolver = getMultiFactorResolver(auth, error);
    return { code: error.code, hints: resolver.hints.map((hint) => hint.factorId) };
  },
  async finish({ code }) {
    const assertion = TotpMultiFactorGenerator.assertionForSignIn(resolver.hints[0].uid, code);
    const { user } = await resolver.resolveSignIn(assertion);
    return { secondFactor: (await user.getIdTokenResult()).signInSecondFactor };
  },
  async refresh() {
    return { secondFactor: (await auth.currentUser.getIdTokenResult(true)).signInSecondFactor };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { step, ...given } = JSON.parse(line);
  const answer = await steps[step](given).catch((error) => ({ error: error.code ?? String(error) }));
  console.log(JSON.stringify(answer));
}
process.exit(0);
